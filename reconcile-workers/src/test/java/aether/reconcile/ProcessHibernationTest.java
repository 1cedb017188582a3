package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.HibernationReason;
import aether.domain.kernel.KubernetesVersion;
import aether.embedded.kubernetes.Kubectl;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real control plane is put to sleep: its processes end, and what was written before is read after the wake. */
@Tag("slow")
class ProcessHibernationTest {

    private static final List<String> PROGRAMS = List.of("etcd", "kube-apiserver", "kube-controller-manager");

    private static Kubectl kubectl = new Kubectl(new KubernetesBinaries(Path.of("")));

    @TempDir
    Path directory;

    @BeforeAll
    static void present() {
        TestKubernetes.assumePresent();
        kubectl = new Kubectl(KubernetesBinaries.find().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 0"})
    void whatWasWrittenBeforeIsReadAfterTheWakeWithTheSameKubeconfig(int members, int nodes) throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.commands(nodes, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX, members)
                    .forEach(landscape::ask);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());
            Path admin = kubeconfig(world);
            kubectl.run(admin, "create", "configmap", "kept", "--from-literal=word=before");
            kubectl.run(admin, "create", "secret", "generic", "hidden", "--from-literal=word=behindakey");
            String before = kubectl.run(admin, "get", "nodes", "--output=name");
            assertThat(programs("etcd")).hasSize(members);

            landscape.ask(new ClusterCommand.HibernateCluster(Tenant.CLUSTER, HibernationReason.UNUSED, ""));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.HIBERNATED));
            kubectl.awaitTrue(
                    "no process of the tenant is left",
                    () -> PROGRAMS.stream().allMatch(name -> programs(name).isEmpty()));
            assertThat(claims()).as("what etcd has written").isEqualTo(members);
            assertThat(kubectl.run(admin, "get", "namespaces")).doesNotContain("kube-system");

            landscape.ask(new ClusterCommand.WakeCluster(Tenant.CLUSTER));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());

            assertThat(kubectl.run(admin, "get", "configmap", "kept", "--output=jsonpath={.data.word}"))
                    .isEqualTo("before");
            assertThat(kubectl.run(admin, "get", "secret", "hidden", "--output=jsonpath={.data.word}"))
                    .as("behindakey, which only the kept key opens")
                    .isEqualTo("YmVoaW5kYWtleQ==");
            assertThat(kubectl.run(admin, "create", "configmap", "after")).contains("created");
            String after = kubectl.run(admin, "get", "nodes", "--output=name");
            assertThat(after.lines().filter(line -> line.startsWith("node/"))).hasSize(nodes);
            if (nodes > 0) {
                assertThat(after)
                        .as("a node that joined afresh, and none of before")
                        .isNotEqualTo(before);
                assertThat(kubectl.run(admin, "get", "nodes")).contains(" Ready ");
            }
            assertThat(programs("etcd")).hasSize(members);
            Undisturbed.verify(landscape);
        }
    }

    private long claims() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("processes/claims"))) {
            return files.filter(file -> file.endsWith("member/snap/db")).count();
        }
    }

    private List<ProcessHandle> programs(String name) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/" + name))
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(argument -> argument.contains(directory.toString())))
                .toList();
    }

    private Path kubeconfig(SandboxWorld world) throws IOException {
        return Files.writeString(
                directory.resolve("admin"),
                Pem.text(
                        world.cluster()
                                .find(new ObjectRef(
                                        ResourceKind.SECRET,
                                        TenantNames.namespace(Tenant.CLUSTER),
                                        TenantNames.ADMIN_KUBECONFIG))
                                .orElseThrow(),
                        TenantNames.KUBECONFIG_KEY));
    }
}
