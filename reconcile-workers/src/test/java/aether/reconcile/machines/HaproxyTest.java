package aether.reconcile.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineStatus;
import aether.embedded.process.Children;
import aether.embedded.process.Port;
import aether.reconcile.render.RenderingOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy with what we render: whom the list lets in, and what a change of it does to whoever is connected. */
@Tag("slow")
class HaproxyTest {

    private static final String MISSING = "haproxy is not installed: no load balancer has kept a stranger out";

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final int ANSWER_MILLIS = 10_000;
    private static final String PLATFORM = "127.0.0.9";
    private static final String NODE = "127.0.0.3";
    private static final String BEFORE = "127.0.0.2";
    private static final String AFTER = "127.0.0.4";
    private static final String STRANGER = "127.0.0.5";

    @TempDir
    Path directory;

    @BeforeAll
    static void present() {
        assumeTrue(Children.onPath("haproxy").isPresent(), MISSING);
    }

    @Test
    void aListLetsInWhomItNamesAndAChangeOfItDropsNobodyWhoIsConnected() throws Exception {
        try (Echo echo = new Echo();
                Balancer balancer = new Balancer(Port.unused(), echo)) {
            balancer.tell(List.of(BEFORE + "/32"));
            balancer.start();
            balancer.await(BEFORE, true);
            assertThat(balancer.letsIn(NODE)).as("a node").isTrue();
            assertThat(balancer.letsIn(PLATFORM)).as("the platform").isTrue();
            assertThat(balancer.letsIn(STRANGER)).as("a stranger").isFalse();
            assertThat(balancer.letsIn(AFTER)).isFalse();

            try (Socket held = balancer.connect(BEFORE)) {
                assertThat(isEchoed(held)).isTrue();
                balancer.tell(List.of(AFTER + "/32"));
                balancer.reload();
                long until = System.nanoTime() + BOUND.toNanos();
                while (!balancer.letsIn(AFTER)) {
                    assertThat(balancer.letsIn(NODE))
                            .as("a node during the reload")
                            .isTrue();
                    assertThat(System.nanoTime()).isLessThan(until);
                }
                balancer.await(BEFORE, false);
                assertThat(isEchoed(held)).as("who was connected before").isTrue();
                assertThat(balancer.letsIn(STRANGER)).isFalse();
                assertThat(balancer.letsIn(NODE)).isTrue();
            }

            balancer.tell(List.of());
            balancer.reload();
            balancer.await(STRANGER, true);
        }
    }

    private static boolean isEchoed(Socket socket) {
        try {
            socket.getOutputStream().write('a');
            return socket.getInputStream().read() == 'a';
        } catch (IOException closed) {
            return false;
        }
    }

    /** Stands for the API servers: says what it hears. */
    private static final class Echo implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        Echo() throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket one = server.accept();
                        Thread.ofVirtual().start(() -> talk(one));
                    }
                } catch (IOException closed) {
                    // the test is over
                }
            });
        }

        private static void talk(Socket one) {
            try (one) {
                one.getInputStream().transferTo(one.getOutputStream());
            } catch (IOException closed) {
                // so is the connection
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private final class Balancer implements AutoCloseable {

        private final int port;
        private final Echo echo;
        private final Path file = directory.resolve("haproxy.cfg");
        private Optional<Process> process = Optional.empty();

        Balancer(int port, Echo echo) {
            this.port = port;
            this.echo = echo;
        }

        /** What the guest of a load balancer writes; only the port of the API servers is another one here. */
        void tell(List<String> authorized) throws Exception {
            String rendered = HaproxyRendering.of(
                    SomeMachines.balancer(
                            MachineStatus.READY,
                            "127.0.0.1",
                            port,
                            KubernetesVersion.SANDBOX,
                            authorized,
                            NODE + "/32"),
                    Optional.of("127.0.0.1"),
                    new RenderingOptions("", Map.of()).dialling(List.of(PLATFORM + "/32")));
            Files.writeString(
                    file,
                    rendered.replace(
                            "server api 127.0.0.1:6443", "server api 127.0.0.1:" + echo.server.getLocalPort()));
            Process check = new ProcessBuilder("haproxy", "-c", "-f", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(check.waitFor()).as(said).isZero();
            assertThat(said).doesNotContain("[WARNING]");
        }

        void start() throws IOException {
            process = Optional.of(new ProcessBuilder("haproxy", "-W", "-f", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("haproxy.log").toFile())
                    .start());
        }

        /** As {@code systemctl reload haproxy} does. */
        void reload() throws Exception {
            Process kill = new ProcessBuilder(
                            "kill", "-USR2", Long.toString(process.orElseThrow().pid()))
                    .start();
            assertThat(kill.waitFor()).isZero();
        }

        Socket connect(String from) throws IOException {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            return socket;
        }

        boolean letsIn(String from) {
            try (Socket socket = connect(from)) {
                return isEchoed(socket);
            } catch (IOException refused) {
                return false;
            }
        }

        void await(String from, boolean in) throws Exception {
            long until = System.nanoTime() + BOUND.toNanos();
            while (letsIn(from) != in) {
                assertThat(System.nanoTime())
                        .as("%s, by %s", from, Files.readString(directory.resolve("haproxy.log")))
                        .isLessThan(until);
                Thread.sleep(20);
            }
        }

        @Override
        public void close() {
            process.ifPresent(master -> {
                master.descendants().forEach(ProcessHandle::destroyForcibly);
                master.destroyForcibly();
            });
        }
    }
}
