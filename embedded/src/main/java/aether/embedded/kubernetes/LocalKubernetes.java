package aether.embedded.kubernetes;

import aether.embedded.process.ChildProgram;
import aether.embedded.process.DirectoryLock;
import aether.embedded.process.Obstacle;
import aether.embedded.process.Port;
import aether.embedded.process.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A real Kubernetes API without nodes: etcd, kube-apiserver, and the controllers that empty namespaces and collect what
 * owners leave behind. Workloads stay objects; nothing runs them.
 */
public final class LocalKubernetes implements AutoCloseable {

    private static final Duration READY_BOUND = Duration.ofMinutes(2); // a busy machine needs one to create the roles
    private static final int TOKEN_BYTES = 32;
    private static final int KEY_BITS = 2048;

    private final KubernetesBinaries binaries;
    private final Path directory;
    private final DirectoryLock held;
    private final String token;
    private final int etcdPort;
    private final int peerPort;
    private final int port;
    private final Supervisor etcd;
    private final Supervisor server;
    private final Supervisor controllers;

    private LocalKubernetes(KubernetesBinaries binaries, Path directory, DirectoryLock held) throws IOException {
        this.binaries = binaries;
        this.directory = directory;
        this.held = held;
        this.token = token(directory);
        this.etcdPort = Port.choose("etcd", 0, directory.resolve("etcd.port"));
        this.peerPort = Port.choose("etcd's peers", 0, directory.resolve("peer.port"));
        this.port = Port.choose("kube-apiserver", 0, directory.resolve("port"));
        this.etcd = Supervisor.start("etcd", false, this::launchEtcd);
        this.server = Supervisor.start("kube-apiserver", false, this::launchServer);
        this.controllers = Supervisor.start("kube-controller-manager", false, this::launchControllers);
    }

    /**
     * Starts on a directory that may hold an earlier life, and waits until the API serves.
     *
     * @throws aether.embedded.process.StartFailure when a program does not come up, with its last words
     */
    public static LocalKubernetes start(KubernetesBinaries binaries, Path directory) {
        DirectoryLock held = DirectoryLock.take(directory);
        boolean started = false;
        try {
            LocalKubernetes kubernetes = new LocalKubernetes(binaries, directory, held);
            started = true;
            return kubernetes;
        } catch (IOException e) {
            throw Obstacle.of(e, directory);
        } finally {
            if (!started) {
                held.close();
            }
        }
    }

    private static String token(Path directory) throws IOException {
        Path file = directory.resolve("token");
        if (!Files.exists(file)) {
            byte[] random = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(random);
            secret(file, HexFormat.of().formatHex(random));
            secret(
                    directory.resolve("tokens.csv"),
                    Files.readString(file) + ",administrator,administrator,system:masters\n");
            secret(directory.resolve("service-account.key"), rsaKey());
        }
        return Files.readString(file);
    }

    private static void secret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    private static String rsaKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected every JDK to make RSA keys, but this one does not", e);
        }
    }

    private ChildProgram launchEtcd() {
        String client = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + peerPort;
        return launch(
                        KubernetesBinaries.ETCD,
                        List.of(
                                "--name=local",
                                "--data-dir=" + directory.resolve("etcd"),
                                "--listen-client-urls=" + client,
                                "--advertise-client-urls=" + client,
                                "--listen-peer-urls=" + peer,
                                "--initial-advertise-peer-urls=" + peer,
                                "--initial-cluster=local=" + peer,
                                "--unsafe-no-fsync")) // nothing here is worth a disk's time
                .awaitReady(READY_BOUND, () -> Answers.plain(client + "/health"));
    }

    private ChildProgram launchServer() {
        return launch(
                        KubernetesBinaries.API_SERVER,
                        List.of(
                                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                                "--bind-address=127.0.0.1",
                                "--secure-port=" + port,
                                "--cert-dir=" + directory.resolve("serving"),
                                "--token-auth-file=" + directory.resolve("tokens.csv"),
                                "--authorization-mode=RBAC",
                                "--allow-privileged=true", // as a tenant's own API has to, for its network
                                "--service-cluster-ip-range=10.96.0.0/16",
                                "--service-account-issuer=https://kubernetes.default.svc",
                                "--service-account-signing-key-file=" + directory.resolve("service-account.key"),
                                "--service-account-key-file=" + directory.resolve("service-account.key")))
                .awaitReady(READY_BOUND, this::serves);
    }

    /** Ready, and the first namespaces are there: what a client may take for granted. */
    private boolean serves() {
        return Files.exists(authorityFile())
                && asks("/readyz")
                && asks("/api/v1/namespaces/default")
                && asks("/apis/rbac.authorization.k8s.io/v1/clusterroles/system:controller:namespace-controller");
    }

    private boolean asks(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                    .timeout(Answers.BOUND)
                    .header("Authorization", "Bearer " + token)
                    .build();
            return Answers.trusting(authorityFile())
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ChildProgram launchControllers() {
        Path kubeconfig = directory.resolve("kubeconfig");
        try {
            secret(kubeconfig, kubeconfig());
        } catch (IOException e) {
            throw Obstacle.of(e, kubeconfig);
        }
        return launch(
                KubernetesBinaries.CONTROLLER_MANAGER,
                List.of(
                        "--kubeconfig=" + kubeconfig,
                        "--controllers=namespace,garbagecollector",
                        "--leader-elect=false",
                        "--port=0",
                        "--secure-port=0"));
    }

    private ChildProgram launch(String name, List<String> arguments) {
        Path program = binaries.program(name)
                .orElseThrow(() -> new IllegalStateException("Expected " + name + " in " + binaries.directory()));
        List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return ChildProgram.launch(name, directory, command, Map.of());
    }

    /** The kubeconfig of its administrator. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: local
                  cluster:
                    server: %s
                    certificate-authority: %s
                users:
                - name: administrator
                  user:
                    token: %s
                contexts:
                - name: local
                  context:
                    cluster: local
                    user: administrator
                current-context: local
                """.formatted(url(), authorityFile(), token);
    }

    /** Where the API listens. */
    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** An HTTP client that trusts it; it brings no token. */
    public HttpClient client() {
        try {
            return Answers.trusting(authorityFile());
        } catch (IOException e) {
            throw Obstacle.of(e, authorityFile());
        }
    }

    /** The bearer token of its administrator. */
    public String token() {
        return token;
    }

    /** What its certificate chains to, in PEM. */
    public String authority() {
        try {
            return Files.readString(authorityFile());
        } catch (IOException e) {
            throw Obstacle.of(e, authorityFile());
        }
    }

    /** The server signs its own certificate when it is given none; that certificate with its issuer is the trust. */
    Path authorityFile() {
        return directory.resolve("serving").resolve("apiserver.crt");
    }

    /** Ends the API server and leaves it ended until {@link #restartServer()}. */
    public void stopServer() {
        server.stop();
    }

    /** Starts the API server again. */
    public void restartServer() {
        server.restart();
    }

    @Override
    public void close() {
        controllers.close();
        server.close();
        etcd.close();
        held.close();
    }
}
