package aether.archive.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The golden envelope is all that this room and the door's room have in common. */
class EnvelopeTest {

    private static final long GOLDEN_POSITION = 42;
    private static final long GOLDEN_VERSION = 7;
    private static final String GOLDEN_STREAM = "cluster-0190a000-0000-7000-8000-000000000002";

    @Test
    void readsThePositionOfTheGoldenEnvelope() throws IOException {
        assertThat(Envelope.position("00000000000000000042".getBytes(UTF_8), golden()))
                .isEqualTo(GOLDEN_POSITION);
    }

    @Test
    void aStrangerAcceptsAnArchiveWithTheGoldenEnvelope() throws IOException {
        SealWorld world = new SealWorld();
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, GOLDEN_POSITION - GOLDEN_VERSION));
        for (long version = 0; version < GOLDEN_VERSION; version++) { // the events before it in its stream
            sealer.append(List.of(SealWorld.entry(sealer.size(), GOLDEN_STREAM, version)));
        }
        sealer.append(List.of(golden()));
        sealer.publish();

        assertThat(world.verify().sentences()).isEmpty();
        assertThat(world.verify().entries()).isEqualTo(GOLDEN_POSITION + 1);
    }

    @Test
    void bothSidesHoldTheSameBytes() throws IOException {
        Path theirs = Path.of("../event-format/src/test/resources/envelope/v1.json");

        assertThat(theirs).hasBinaryContent(golden());
    }

    @Test
    void takesNothingElseForAnEvent() throws IOException {
        byte[] header = "00000000000000000042".getBytes(UTF_8);

        assertThat(Envelope.position(null, golden())).isEqualTo(EventRecord.FOREIGN);
        assertThat(Envelope.position(header, null)).isEqualTo(EventRecord.FOREIGN);
        assertThat(Envelope.position(header, "no json".getBytes(UTF_8))).isEqualTo(EventRecord.FOREIGN);
        assertThat(Envelope.position("42".getBytes(UTF_8), golden())).isEqualTo(EventRecord.FOREIGN);
        assertThat(Envelope.position("00000000000000000043".getBytes(UTF_8), golden()))
                .isEqualTo(EventRecord.FOREIGN);
        assertThat(Envelope.position(
                        "09999999999999999999".getBytes(UTF_8),
                        "{\"sequence\":\"09999999999999999999\"}".getBytes(UTF_8)))
                .isEqualTo(EventRecord.FOREIGN);
    }

    private static byte[] golden() throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/envelope/v1.json"));
    }
}
