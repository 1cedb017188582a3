package aether.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import aether.embedded.process.StartFailure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ObstacleTest {

    private static final Path PLACE = Path.of("/data/aether");
    private static final Path LOG = PLACE.resolve("part.log");

    @Test
    void namesAFullDiskBehindAnInputOutputError() {
        StartFailure failure = Obstacle.of(new IOException("write: No space left on device"), PLACE);
        assertThat(failure.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(failure).hasMessage("Expected free space for /data/aether, but the disk is full");
    }

    @Test
    void namesAFullDiskBehindTheLastWordsOfAServer() {
        String words = "FATAL:  could not write lock file \"postmaster.pid\": No space left on device";
        assertThat(Obstacle.of("PostgreSQL", PLACE, LOG, words).reason()).isEqualTo(Reason.DISK_FULL);
    }

    @Test
    void namesATakenPortBehindTheLastWordsOfAServer() {
        String words = "LOG:  could not bind IPv4 address \"127.0.0.1\": Address already in use";
        assertThat(Obstacle.of("PostgreSQL", PLACE, LOG, words).reason()).isEqualTo(Reason.PORT_TAKEN);
    }

    @Test
    void quotesTheLastWordsWhenItKnowsNoBetter() {
        StartFailure failure = Obstacle.of("Kafka", PLACE, LOG, "it broke\n");
        assertThat(failure.reason()).isEqualTo(Reason.BROKEN);
        assertThat(failure).hasMessageContaining("it broke").hasMessageContaining(LOG.toString());
    }
}
