package aether.archive.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import aether.archive.read.TileCache;
import aether.archive.seal.RotatingWorld;
import aether.archive.seal.SealWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness of a log whose key changes. */
class NewKeyTest {

    private final Cosigner cosigner =
            Cosigner.ed25519("witness.test/w1", "thirty-two bytes of a witness...".getBytes(UTF_8));

    private final RotatingWorld world = new RotatingWorld(4);

    @TempDir
    private Path directory;

    private Witness witness(VerifierKey log, WitnessMemory memory) {
        return new Witness(log, cosigner, memory, () -> SealWorld.START);
    }

    private Observation look(VerifierKey log) throws IOException {
        try (WitnessMemory memory = new WitnessMemory(directory)) {
            return witness(log, memory).look(world.reader());
        }
    }

    @Test
    void followsTheLogFromKeyToKeyAcrossRestarts() throws IOException {
        world.live(0, null, 100);
        assertThat(look(world.key(0))).isInstanceOf(Observation.Grown.class);
        world.live(0, null, 300);
        world.live(0, 1, 400);
        world.live(1, 2, 500);

        assertThat(look(world.key(0))).isEqualTo(new Observation.NewKey(300, world.key(0), world.key(1)));
        assertThat(look(world.key(0))).isEqualTo(new Observation.NewKey(400, world.key(1), world.key(2)));
        assertThat(look(world.key(0))).isInstanceOfSatisfying(Observation.Grown.class, grown -> {
            assertThat(grown.from()).isEqualTo(400);
            assertThat(SignedNote.parse(grown.cosigned()).isSignedBy(world.key(2)))
                    .isTrue();
        });
        assertThat(look(world.key(2))).as("told the newest key").isEqualTo(new Observation.Unchanged(500));
        assertThatThrownBy(() -> look(world.key(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected the key that you brought");
    }

    @Test
    void aWitnessThatBeginsWithALaterKeyGoesOnFromThere() throws IOException {
        world.live(0, null, 300);
        world.live(0, 1, 400);
        assertThat(look(world.key(1))).isInstanceOf(Observation.Grown.class);
        world.live(1, 2, 500);
        assertThat(look(world.key(1))).isEqualTo(new Observation.NewKey(400, world.key(1), world.key(2)));
        assertThat(look(world.key(1))).isInstanceOf(Observation.Grown.class);
    }

    @Test
    void theOldKeyHasNothingMoreToSay() throws IOException {
        world.live(0, null, 300);
        world.live(0, 1, 400);
        assertThat(look(world.key(0))).isInstanceOf(Observation.NewKey.class);
        world.forge("checkpoint", 0, 400, SealWorld.root(400));
        assertThat(look(world.key(0)))
                .isInstanceOfSatisfying(
                        Observation.Alarm.class,
                        alarm -> assertThat(alarm.sentence())
                                .startsWith("FORK: the checkpoint in checkpoint of size 400 is signed with the key "
                                        + world.id(0) + ", which has handed over at size 300"));
    }

    @Test
    void aStatementBehindWhatTheOldKeyHasSignedIsAFork() throws IOException {
        world.live(0, null, 400);
        assertThat(look(world.key(0))).isInstanceOf(Observation.Grown.class);
        RotatingWorld other = new RotatingWorld(4);
        other.live(0, null, 300);
        other.live(0, 1, 500);
        try (WitnessMemory memory = new WitnessMemory(directory)) {
            assertThat(witness(world.key(0), memory).look(other.reader()))
                    .isInstanceOfSatisfying(
                            Observation.Alarm.class,
                            alarm -> assertThat(alarm.sentence())
                                    .startsWith("FORK: the key " + world.id(0)
                                            + " hands over at size 300, but has signed the log of 400 entries"));
        }
    }

    @Test
    void aSecondStatementOfTheSameKeyIsAFork() throws IOException {
        world.live(0, null, 300);
        world.live(0, 1, 400);
        assertThat(look(world.key(0))).isInstanceOf(Observation.NewKey.class);
        RotatingWorld other = new RotatingWorld(4);
        other.live(0, null, 300);
        other.open(0, 2);
        try (WitnessMemory memory = new WitnessMemory(directory)) {
            assertThat(witness(world.key(0), memory)
                            .follow(other.worm().get("keys/1.statement").orElseThrow()))
                    .isInstanceOfSatisfying(WitnessAnswer.Refused.class, refused -> {
                        assertThat(refused.status()).isEqualTo(422);
                        assertThat(refused.sentence()).contains("which has handed over at size 300 already");
                    });
        }
    }

    @Test
    void isToldOverHttpAfterTheOldKeysLastWord() throws IOException, InterruptedException {
        world.live(0, null, 100);
        try (WitnessMemory memory = new WitnessMemory(directory);
                WitnessServer server = WitnessServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), witness(world.key(0), memory))) {
            URI address = URI.create("http://127.0.0.1:" + server.port() + "/");
            String first = ask(address);
            assertThat(first).isNotEmpty();
            world.live(0, null, 300);
            world.live(0, 1, 400);
            world.live(1, 2, 500);
            assertThatThrownBy(() -> ask(address))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("403");

            new KeyNews(address, cosigner.key()).bring(world.reader());
            new KeyNews(address, cosigner.key()).bring(world.reader()); // again is no different

            assertThat(ask(address)).isNotEmpty();
            world.forge("checkpoint", 0, 500, SealWorld.root(500));
            assertThatThrownBy(() -> ask(address))
                    .hasMessageContaining("403")
                    .hasMessageContaining("which has handed over at size 300");
        }
    }

    private String ask(URI address) throws IOException, InterruptedException {
        SignedNote note = SignedNote.parse(world.text("checkpoint"));
        long size = Checkpoint.parse(note.text()).size();
        return new WitnessClient(address, cosigner.key())
                .line(note, size, WitnessClient.Consistency.of(new ProofBuilder(new TileCache(world.reader()), size)));
    }
}
