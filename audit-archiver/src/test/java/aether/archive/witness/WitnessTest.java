package aether.archive.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Cosigner;
import aether.archive.log.SignedNote;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {

    private final Cosigner cosigner =
            Cosigner.ed25519("witness.test/w1", "thirty-two bytes of a witness...".getBytes(UTF_8));

    @TempDir
    private Path directory;

    private Observation look(SealWorld world) throws IOException {
        try (WitnessMemory memory = new WitnessMemory(directory)) {
            return new Witness(SealWorld.SIGNER.verifierKey(), cosigner, memory, () -> SealWorld.START)
                    .look(world.reader());
        }
    }

    @Test
    void twoWitnessesDoNotShareAMemory() throws IOException {
        try (WitnessMemory memory = new WitnessMemory(directory)) {
            assertThatThrownBy(() -> new WitnessMemory(directory).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Expected to be the only witness with the memory");
            assertThat(memory.newest()).isEmpty();
        }
    }

    @Test
    void cosignsWhatGrowsAndRemembersAcrossRestarts() throws IOException {
        SealWorld world = new SealWorld();
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 300));
        sealer.publish();

        assertThat(look(world)).isInstanceOfSatisfying(Observation.Grown.class, grown -> {
            assertThat(grown.to()).isEqualTo(300);
            assertThat(cosigner.key().cosigned(SignedNote.parse(grown.cosigned())))
                    .contains(SealWorld.START);
            assertThat(SignedNote.parse(grown.cosigned()).isSignedBy(SealWorld.SIGNER.verifierKey()))
                    .isTrue();
        });
        assertThat(look(world)).isEqualTo(new Observation.Unchanged(300));
        sealer.append(SealWorld.entries(300, 900));
        sealer.publish();
        assertThat(look(world))
                .isInstanceOfSatisfying(
                        Observation.Grown.class,
                        grown -> assertThat(grown.from()).isEqualTo(300));
    }

    @Test
    void raisesARollbackAndGoesOnRaisingIt() throws IOException {
        see(900);
        for (int again = 0; again < 2; again++) {
            assertThat(look(worldOf(SealWorld.entries(0, 300))))
                    .isInstanceOfSatisfying(
                            Observation.Alarm.class,
                            alarm -> assertThat(alarm.sentence())
                                    .contains("ROLLBACK: expected a log of at least 900 entries, but it has 300"));
        }
        assertThat(evidence()).hasSize(1);
        assertThat(Files.readString(directory.resolve("checkpoint"))).contains("\n900\n");
    }

    @Test
    void raisesAForkOfTheSameSizeAndALongerOne() throws IOException {
        see(300);
        List<byte[]> other = List.of(SealWorld.entry(0, "other", 0));

        SealWorld same = worldOf(other);
        same.open().append(SealWorld.entries(1, 300));
        same.open().publish();
        assertThat(look(same))
                .isInstanceOfSatisfying(
                        Observation.Alarm.class,
                        alarm -> assertThat(alarm.sentence()).startsWith("FORK: expected root"));
        same.open().append(SealWorld.entries(300, 700));
        same.open().publish();
        assertThat(look(same))
                .isInstanceOfSatisfying(
                        Observation.Alarm.class,
                        alarm -> assertThat(alarm.sentence())
                                .startsWith("FORK: expected the log of 700 entries to begin with the 300 known ones"));
        assertThat(evidence()).hasSize(2);
    }

    @Test
    void withoutTheTilesNothingIsProven() throws IOException {
        see(300);
        SealWorld longer = worldOf(SealWorld.entries(0, 700));
        longer.worm.remove("tile/0/001");

        assertThat(look(longer))
                .isInstanceOfSatisfying(
                        Observation.Alarm.class,
                        alarm -> assertThat(alarm.sentence()).startsWith("UNPROVEN"));
    }

    @Test
    void aDamagedMemoryIsNoFreshStart() throws IOException {
        see(300);
        Files.writeString(directory.resolve("checkpoint"), "forgot");

        assertThatThrownBy(() -> look(worldOf(SealWorld.entries(0, 700)))).isInstanceOf(IllegalArgumentException.class);
    }

    private void see(int size) throws IOException {
        assertThat(look(worldOf(SealWorld.entries(0, size)))).isInstanceOf(Observation.Grown.class);
    }

    private static SealWorld worldOf(List<byte[]> entries) throws IOException {
        SealWorld world = new SealWorld();
        Sealer sealer = world.open();
        sealer.append(entries);
        sealer.publish();
        return world;
    }

    private List<Path> evidence() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("evidence-"))
                    .toList();
        }
    }
}
