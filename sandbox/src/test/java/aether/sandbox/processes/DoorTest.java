package aether.sandbox.processes;

import static org.assertj.core.api.Assertions.assertThat;

import aether.embedded.process.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // opened before each test
class DoorTest {

    private final List<ServerSocket> pods = new ArrayList<>();
    private final List<Integer> serving = new CopyOnWriteArrayList<>();
    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open(Port.unused(), () -> serving);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        for (ServerSocket pod : pods) {
            pod.close();
        }
    }

    /** A pod that answers every connection with its name and what it was sent. */
    private int pod(String name) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        pods.add(server);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    byte[] said = client.getInputStream().readAllBytes();
                    client.getOutputStream().write((name + " heard ").getBytes(StandardCharsets.US_ASCII));
                    client.getOutputStream().write(said);
                } catch (IOException closing) {
                    // the loop looks
                }
            }
        });
        return server.getLocalPort();
    }

    private String ask(String what) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            socket.getOutputStream().write(what.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void sendsEachConnectionToTheNextPodThatServes() throws IOException {
        serving.add(pod("one"));
        serving.add(pod("two"));

        assertThat(List.of(ask("a"), ask("b"))).containsExactlyInAnyOrder("one heard b", "two heard a");
    }

    @Test
    void followsWhoServesWithoutMoving() throws IOException {
        serving.add(pod("old"));
        assertThat(ask("a")).isEqualTo("old heard a");

        int successor = pod("new");
        serving.set(0, successor);
        assertThat(ask("b")).isEqualTo("new heard b");
    }

    @Test
    void triesTheNextWhenOneDoesNotAnswer() throws IOException {
        serving.add(Port.unused());
        serving.add(pod("alive"));

        assertThat(List.of(ask("a"), ask("b"))).containsExactly("alive heard a", "alive heard b");
    }
}
