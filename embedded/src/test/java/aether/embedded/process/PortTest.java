package aether.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortTest {

    /** The kernel's own range for clients begins at 32768: see {@code ip_local_port_range} in ip(7). */
    private static final int FIRST_OF_CLIENTS = 32_768;

    @TempDir
    Path directory;

    @RepeatedTest(20)
    void isNoneThatTheKernelLendsToAClientMeanwhile() {
        assertThat(Port.unused()).isBetween(1_024, FIRST_OF_CLIENTS - 1);
    }

    @Test
    void isTheSameAgainUntilSomebodyTakesIt() throws IOException {
        Path memory = directory.resolve("port");
        int first = Port.choose("the part", 0, memory);

        assertThat(Port.choose("the part", 0, memory)).isEqualTo(first);
        try (ServerSocket somebody = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Port.choose("the part", 0, memory))
                    .isNotEqualTo(somebody.getLocalPort())
                    .isEqualTo(Integer.parseInt(Files.readString(memory)));
        }
    }
}
