package aether.sandbox.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.embedded.kubernetes.KubernetesBinaries;
import aether.sandbox.journal.Journal;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The doors of Services, before pods whose programs only wait. */
@SuppressWarnings("NullAway.Init") // begun before each test
class ProcessKubeletTest {

    private static final String NAMESPACE = "tenant";
    private static final String API = "kube-apiserver";
    private static final int PORT = 6443;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private Journal journal;
    private KubernetesStore store;
    private ProcessKubelet kubelet;

    @BeforeEach
    void begin() throws IOException {
        Path programs = Files.createDirectory(directory.resolve("programs"));
        for (String name : new String[] {API, KubernetesBinaries.CONTROLLER_MANAGER}) {
            Path program = Files.writeString(
                    programs.resolve(name),
                    "#!/bin/sh\n[ \"$1\" = --version ] && echo Kubernetes v1.20.2 || exec sleep 600\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        World world = new World(InstantSource.system(), new Random(3));
        journal = Journal.open(directory.resolve("journal"), InstantSource.system());
        store = new KubernetesStore("kubernetes/test", journal, world);
        create(named(NAMESPACE), "");
        kubelet = ProcessKubelet.start(new KubernetesBinaries(programs), store, directory.resolve("processes"));
    }

    @AfterEach
    void end() throws IOException {
        kubelet.close();
        journal.close();
    }

    @Test
    void aServiceWhosePortSomebodyTookGetsAnotherOne() throws Exception {
        createService();
        kubelet.run(pod(KubernetesBinaries.CONTROLLER_MANAGER, "--master=https://kube-apiserver:6443"));
        int chosen = chosen();
        try (ServerSocket somebody = new ServerSocket(chosen, 1, InetAddress.getLoopbackAddress())) {
            ObjectNode api = pod(API, "--flag");
            assertThatThrownBy(() -> kubelet.run(api))
                    .hasMessageStartingWith("Expected to open a door for kube-apiserver, but ");

            kubelet.run(api);

            OptionalInt door = kubelet.door(NAMESPACE, API, PORT);
            assertThat(door).isPresent();
            assertThat(door.getAsInt()).isNotEqualTo(somebody.getLocalPort());
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.getAsInt())) {
                assertThat(client.isConnected()).isTrue();
            }
        }
    }

    @Test
    void aServiceThatComesAfterItsPodsGetsItsDoor() {
        ObjectNode api = pod(API, "--flag");
        kubelet.run(api);
        assertThat(kubelet.door(NAMESPACE, API, PORT)).isEmpty();

        createService();
        kubelet.run(api);

        assertThat(kubelet.door(NAMESPACE, API, PORT)).isPresent();
    }

    /** The port that the Service has on this host, as the directory remembers it. */
    private int chosen() throws Exception {
        Path memory = directory.resolve("processes/ports").resolve(NAMESPACE).resolve("service-" + API);
        Path file = memory.resolve(Integer.toString(PORT));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file) || Files.readString(file).isEmpty()) {
            assertThat(System.nanoTime()).as("the pod begins").isLessThan(end);
            Thread.sleep(5);
        }
        return Integer.parseInt(Files.readString(file));
    }

    private void createService() {
        ObjectNode service = named(API);
        ObjectNode spec = service.putObject("spec");
        spec.putObject("selector").put("app", API);
        spec.putArray("ports").addObject().put("port", PORT);
        create(service, NAMESPACE);
    }

    private void create(ObjectNode object, String namespace) {
        store.create(namespace.isEmpty() ? Types.NAMESPACE : Types.SERVICE, namespace, object, WriteOptions.by("test"));
    }

    private static ObjectNode named(String name) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name);
        return object;
    }

    private static ObjectNode pod(String program, String argument) {
        ObjectNode pod = named(program + "-0");
        ((ObjectNode) pod.path("metadata"))
                .put("namespace", NAMESPACE)
                .put("uid", program)
                .putObject("labels")
                .put("app", program);
        ObjectNode container =
                pod.putObject("spec").putArray("containers").addObject().put("name", program);
        container.putArray("command").add(program).add(argument);
        return pod;
    }
}
