package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aether.archive.cosign.Cosignatures;
import aether.archive.log.Cosigner;
import aether.archive.log.SignedNote;
import aether.archive.log.Signer;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.EpochWorld;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real stranger: Go's sumdb packages, and the one line that maps their paths to ours. */
@Tag("slow")
class GoVerifierTest {

    private static final Path SOURCE = Path.of("src/test/go");
    private static final int BUILD_SECONDS = 180; // Go compiles its own library the first time
    private static final int ENTRIES = 70_000; // three levels of tiles

    @TempDir
    private Path directory;

    private Path archive;

    private record Ended(int exit, String said) {}

    @BeforeEach
    void build() throws IOException, InterruptedException {
        assumeTrue(isOnPath("go"), "Go is not installed: nobody else checks the archive's format");
        Ended build =
                run(SOURCE, "go", "build", "-o", directory.resolve("verify").toString(), ".");
        assumeTrue(
                build.exit() == 0 || !build.said().contains("golang.org/x/mod@"),
                "Go cannot fetch golang.org/x/mod: nobody else checks the archive's format");
        assertThat(build).extracting(Ended::exit).as(build.said()).isEqualTo(0);
        makeArchive();
    }

    @Test
    void acceptsWhatTheSealerMade() throws IOException, InterruptedException {
        Ended verified = verify();

        assertThat(verified.said()).startsWith("verified " + ENTRIES + " entries, root ");
        assertThat(verified.exit()).isZero();
    }

    @Test
    void followsTheLogFromKeyToKey() throws IOException, InterruptedException {
        Path key = directory.resolve("audit.key");
        archive = directory.resolve("rotated");
        SecureRandom random = new SecureRandom();
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("rotated.head"))) {
            ArchiveStores stores = new ArchiveStores(new WormFileStore(archive), new LiveFileStore(archive), heads);
            for (int i = 0; i < 3; i++) {
                Sealer sealer = Sealer.open(
                        stores,
                        FileKey.openAll(key, "audit.test/log", random),
                        SealSettings.DEFAULTS,
                        () -> SealWorld.START);
                FileKey.takeNext(key);
                Files.writeString(
                        directory.resolve(i + ".vkey"),
                        sealer.keys().present().key().vkey() + "\n");
                sealer.append(SealWorld.entries(sealer.size(), sealer.size() + 300));
                sealer.seal(KafkaOffsets.NONE);
                FileKey.prepareNext(key, "audit.test/log", SealWorld.START, "scheduled", "", random);
            }
        }

        assertThat(verify("0", "1", "2").said()).startsWith("verified 900 entries, root ");
        assertThat(verify("0", "2").exit()).isEqualTo(1);
        assertThat(verify("2").exit())
                .as("the old checkpoints need the old keys")
                .isEqualTo(1);
        Path statement = archive.resolve("keys/2.statement");
        byte[] bytes = Files.readAllBytes(statement);
        bytes[60] ^= 1;
        Files.delete(statement);
        Files.write(statement, bytes);
        assertThat(verify("0", "1", "2").said()).contains("2.statement");
    }

    @Test
    void followsTheLogIntoANewEpoch() throws IOException, InterruptedException {
        EpochWorld world = new EpochWorld();
        world.grow(world.begin(world.next()), 600);
        archive = directory.resolve("epochs");
        lay(world.worm().objects());
        lay(world.live().objects());
        key("old", world.old);
        key("young", world.young);

        assertThat(verify("old", "young").said()).startsWith("verified 600 entries, root ");
        assertThat(verify("young").exit())
                .as("the old checkpoints need the old key")
                .isEqualTo(1);
        Path later = archive.resolve("checkpoints/00000000000000000400");
        Files.writeString(later, EpochWorld.evidence());
        assertThat(verify("old", "young").said()).contains("a key that had handed over at " + EpochWorld.LEFT);
        Files.delete(later);
        byte[] bytes = Files.readAllBytes(archive.resolve("keys/1.base"));
        bytes[60] ^= 1;
        Files.write(archive.resolve("keys/1.base"), bytes);
        assertThat(verify("old", "young").said()).contains("1.base");
    }

    private void lay(Map<String, byte[]> objects) throws IOException {
        for (Map.Entry<String, byte[]> object : objects.entrySet()) {
            Path file = archive.resolve(object.getKey());
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, object.getValue());
        }
    }

    private void key(String name, Signer signer) throws IOException {
        Files.writeString(
                directory.resolve(name + ".vkey"), signer.verifierKey().vkey() + "\n");
    }

    @Test
    void checksWhatAWitnessHasCosigned() throws IOException, InterruptedException {
        Cosigner witness = Cosigner.ed25519("witness.test/w1", new byte[32]);
        SignedNote note = SignedNote.parse(Files.readString(archive.resolve("checkpoints/00000000000000010000")))
                .only(SealWorld.SIGNER.verifierKey());
        Path cosigned = archive.resolve(Cosignatures.key(10_000, witness.key()));
        Files.createDirectories(cosigned.resolveSibling(""));
        Files.createDirectories(archive.resolve("witnesses"));
        Files.writeString(archive.resolve(Cosignatures.witness(witness.key())), Cosignatures.text(witness.key()));
        String both = note.with(SignedNote.formatLines(List.of(witness.cosign(note.text(), SealWorld.START))))
                .format();
        Files.writeString(cosigned, both);
        assertThat(verify().said()).startsWith("verified " + ENTRIES + " entries, root ");

        SignedNote later =
                note.with(SignedNote.formatLines(List.of(witness.cosign("another text\n", SealWorld.START))));
        Files.writeString(cosigned, later.format());
        assertThat(verify().said()).contains(witness.key().idHex()).contains("invalid signature");
    }

    private Ended verify(String... keys) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(directory.resolve("verify").toString(), archive.toString()));
        for (String key : keys) {
            command.add(directory.resolve(key + ".vkey").toString());
        }
        return run(directory, command.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tile/entries/100", "tile/0/100", "tile/1/000", "checkpoint"})
    void refusesWhatWasChanged(String object) throws IOException, InterruptedException {
        byte[] bytes = Files.readAllBytes(archive.resolve(object));
        bytes[bytes.length / 2] ^= 1;
        Files.delete(archive.resolve(object));
        Files.write(archive.resolve(object), bytes);

        Ended verified = verify();

        assertThat(verified.exit()).as(verified.said()).isEqualTo(1);
    }

    private Ended verify() throws IOException, InterruptedException {
        return verify("log");
    }

    private void makeArchive() throws IOException {
        archive = directory.resolve("archive");
        Files.writeString(
                directory.resolve("log.vkey"), SealWorld.SIGNER.verifierKey().vkey() + "\n");
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("head"))) {
            ArchiveStores stores = new ArchiveStores(new WormFileStore(archive), new LiveFileStore(archive), heads);
            Sealer sealer = Sealer.open(stores, SealWorld.SIGNER, SealSettings.DEFAULTS, () -> SealWorld.START);
            for (int from = 0; from < ENTRIES; from += 10_000) {
                sealer.append(SealWorld.entries(from, from + 10_000));
                sealer.seal(KafkaOffsets.NONE);
            }
        }
    }

    private static boolean isOnPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static Ended run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(BUILD_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }
}
