package aether.sandbox.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPortsTest {

    @TempDir
    Path directory;

    @Test
    void theSameAgainAfterARestart() {
        int before = new HostPorts(directory).of("tenant", "etcd-0", 2379);

        assertThat(new HostPorts(directory).of("tenant", "etcd-0", 2379)).isEqualTo(before);
    }

    @Test
    void noneThatAnotherPodHasBeenGivenAndDoesNotListenOnYet() throws IOException {
        HostPorts ports = new HostPorts(directory);
        int etcd = ports.of("tenant", "etcd-0", 2379);
        Path memory = Files.createDirectories(directory.resolve("tenant/service-etcd"));
        Files.writeString(memory.resolve("2379"), Integer.toString(etcd));

        assertThat(ports.of("tenant", "service-etcd", 2379)).isNotEqualTo(etcd);
    }

    @Test
    void anotherOneWhenSomebodyHasTakenIt() throws IOException {
        HostPorts ports = new HostPorts(directory);
        try (ServerSocket somebody =
                new ServerSocket(ports.of("tenant", "service-etcd", 2379), 1, InetAddress.getLoopbackAddress())) {
            int next = ports.another("tenant", "service-etcd", 2379);

            assertThat(next).isNotEqualTo(somebody.getLocalPort());
            assertThat(ports.of("tenant", "service-etcd", 2379)).isEqualTo(next);
        }
    }
}
