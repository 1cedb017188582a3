package aether.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.Hash;
import aether.archive.log.Signer;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import aether.archive.verify.ArchiveVerifier;
import aether.standalone.cli.ClientCommands;
import aether.standalone.cli.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditKeyCopiesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    private Path directory;

    @CommandLine.Command(name = "aether")
    private static final class Root {}

    private Path file(String name) {
        return directory.resolve(name);
    }

    private AuditKeyCopies copies() {
        return new AuditKeyCopies(file("audit.vkey"), file("audit.ml-dsa-44.vkey"));
    }

    private void grow(String world) throws IOException {
        Path archive = file(world).resolve("archive");
        try (FileHeadStore heads = FileHeadStore.open(file(world).resolve("state/head"))) {
            Sealer sealer = Sealer.open(
                    new ArchiveStores(new WormFileStore(archive), new LiveFileStore(archive), heads),
                    FileKey.openAll(file(world).resolve("state/audit.key"), "audit.test/log", new SecureRandom()),
                    SealSettings.DEFAULTS,
                    () -> NOW);
            sealer.append(List.of(("{\"n\":" + sealer.size() + "}").getBytes(StandardCharsets.UTF_8)));
            sealer.seal(KafkaOffsets.NONE);
        }
    }

    private void rotate(String world) {
        run(world, "rotate-key", "--reason", "scheduled");
    }

    private void run(String world, String command, String... options) {
        List<String> line = new ArrayList<>(List.of("audit", command));
        line.addAll(List.of("--archive", file(world).resolve("archive").toString()));
        line.addAll(List.of("--state", file(world).resolve("state").toString()));
        line.addAll(List.of(options));
        int exit = ClientCommands.addTo(new CommandLine(new Root()), World.ofProcess())
                .execute(line.toArray(String[]::new));
        assertThat(exit).isZero();
    }

    /** Entries were lost that the key has sworn to, and the log goes on with another. */
    private void beginEpoch(String world) throws IOException {
        Signer signer = FileKey.open(file(world).resolve("state/audit.key"), "audit.test/log", new SecureRandom());
        Files.writeString(
                file("evidence"),
                new Checkpoint("audit.test/log", 9, Hash.sha256(new byte[0]))
                        .sign(signer)
                        .format());
        Files.delete(file(world).resolve("state/head"));
        run(
                world,
                "new-epoch",
                "--reason",
                "disaster",
                "--evidence",
                file("evidence").toString());
    }

    @Test
    void theCopyIsTheKeyThatSignsNowAndTheOneBeforeVerifiesAsWell() throws IOException {
        copies().take(file("a/archive"));
        assertThat(file("audit.vkey")).doesNotExist();
        grow("a");
        copies().take(file("a/archive"));
        assertThat(file("audit.vkey")).hasSameBinaryContentAs(file("a/archive/keys/0.vkey"));
        assertThat(Files.exists(file("audit.ml-dsa-44.vkey"))).isEqualTo(Cosigner.hasMlDsa44());
        Files.copy(file("audit.vkey"), file("first.vkey"));
        byte[] second = Cosigner.hasMlDsa44() ? Files.readAllBytes(file("audit.ml-dsa-44.vkey")) : new byte[0];

        rotate("a");
        grow("a");
        rotate("a"); // twice before anybody looks
        grow("a");
        copies().take(file("a/archive"));

        String statement = Files.readString(file("a/archive/keys/2.statement"));
        assertThat(statement).contains("\nto " + Files.readString(file("audit.vkey")));
        if (Cosigner.hasMlDsa44()) {
            assertThat(statement)
                    .contains(Files.readString(file("audit.ml-dsa-44.vkey"))
                            .lines()
                            .findFirst()
                            .orElseThrow());
            assertThat(file("audit.ml-dsa-44.vkey").toFile()).isNotEmpty();
            assertThat(Files.readAllBytes(file("audit.ml-dsa-44.vkey"))).isNotEqualTo(second);
        }
        for (String key : List.of("first.vkey", "audit.vkey")) {
            assertThat(ArchiveVerifier.verify(file("a/archive"), Optional.of(file(key)))
                            .sentences())
                    .as(key)
                    .noneMatch(finding -> finding.contains("key"));
        }
        assertThat(file("audit.vkey.next")).doesNotExist();
    }

    @Test
    void anotherArchiveInItsPlaceChangesNoCopy() throws IOException {
        grow("a");
        copies().take(file("a/archive"));
        String before = Files.readString(file("audit.vkey"));
        grow("b");
        rotate("b");
        copies().take(file("b/archive"));
        assertThat(file("audit.vkey")).hasContent(before);

        rotate("a");
        Files.setPosixFilePermissions(file("a/archive/keys/1.statement"), PosixFilePermissions.fromString("rw-------"));
        Files.copy(
                file("b/archive/keys/1.statement"),
                file("a/archive/keys/1.statement"),
                StandardCopyOption.REPLACE_EXISTING);
        copies().take(file("a/archive"));
        assertThat(file("audit.vkey")).hasContent(before);
    }

    @Test
    void noCopyFollowsIntoALaterEpoch() throws IOException {
        grow("a");
        copies().take(file("a/archive"));
        rotate("a");
        grow("a");
        beginEpoch("a");
        copies().take(file("a/archive"));
        assertThat(Files.readString(file("a/archive/keys/1.statement")))
                .as("the last that the key in the copy has handed over to")
                .contains("\nto " + Files.readString(file("audit.vkey")));

        Files.delete(file("audit.vkey"));
        copies().take(file("a/archive"));
        assertThat(file("audit.vkey")).content().startsWith("audit.test/log/epoch-2+");
        grow("a");
        rotate("a");
        grow("a");
        copies().take(file("a/archive"));
        assertThat(Files.readString(file("a/archive/keys/3.statement")))
                .contains("\nto " + Files.readString(file("audit.vkey")));
    }

    @Test
    void aCopyThatIsNoKeyStays() throws IOException {
        grow("a");
        Files.writeString(file("audit.vkey"), "key");
        copies().take(file("a/archive"));
        assertThat(file("audit.vkey")).hasContent("key");
    }
}
