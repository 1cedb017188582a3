package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.cosign.Cosignatures;
import aether.archive.export.CustomerLog;
import aether.archive.export.ExportVerifier;
import aether.archive.keys.ArchivedKeys;
import aether.archive.log.Cosigner;
import aether.archive.log.SignedNote;
import aether.archive.log.TlogProof;
import aether.archive.log.VerifierKey;
import aether.archive.read.DirectoryReader;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.stamp.TestAuthority;
import aether.archive.stamp.Timestamps;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import aether.archive.verify.VerificationRequest.Progress;
import aether.archive.witness.Observation;
import aether.archive.witness.Witness;
import aether.archive.witness.WitnessMemory;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One byte is changed in each kind of object that an archive and what goes out of it consist of, and each time somebody
 * says so. A kind that nobody listed here fails the test.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlippedByteTest {

    private static final int ENTRIES = 600;

    /** Every byte of a small object; so many, spread evenly, of a large one. */
    private static final int PLACES = 40;

    private static final TestAuthority AUTHORITY = TestAuthority.named("Test Time");

    private static final Cosigner WITNESS =
            Cosigner.ed25519("witness.test/w1", "thirty-two bytes of a witness...".getBytes(UTF_8));

    /** What the files of an archive are called, digits apart. */
    private static final List<String> KINDS = Stream.of(
                    ".locks/checkpoints/#",
                    ".locks/cosigned/#.id",
                    ".locks/keys/#.ml-dsa-#.vkey",
                    ".locks/keys/#.statement",
                    ".locks/keys/#.vkey",
                    ".locks/retention/#.json",
                    ".locks/seals/#.json",
                    ".locks/staged/#/#",
                    ".locks/tile/#/#.p/#",
                    ".locks/tile/#/#~#",
                    ".locks/tile/entries/#.p/#",
                    ".locks/tile/entries/#~#",
                    ".locks/timestamps/#.tsr",
                    ".locks/witnesses/id.vkey",
                    "checkpoint",
                    "checkpoints/#",
                    "cosigned/#.id",
                    "keys/#.ml-dsa-#.vkey",
                    "keys/#.statement",
                    "keys/#.vkey",
                    "retention/#.json",
                    "seals/#.json",
                    "staged/#/#",
                    "tile/#/#",
                    "tile/#/#.p/#",
                    "tile/entries/#",
                    "tile/entries/#.p/#",
                    "timestamps/#.tsr",
                    "witnesses/id.vkey")
            .filter(kind -> Cosigner.hasMlDsa44() || !kind.contains("ml-dsa"))
            .toList();

    private final Map<String, String> objectOfKind = new TreeMap<>();

    private Path archive = Path.of("");

    private VerifierKey key = SealWorld.SIGNER.verifierKey();

    @BeforeAll
    void makeArchive(@TempDir Path directory) throws IOException {
        archive = directory.resolve("archive");
        var signer = FileKey.open(directory.resolve("audit.key"), archive, "audit.test/log", new SecureRandom());
        key = signer.verifierKey();
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("head"))) {
            WormFileStore worm = new WormFileStore(archive);
            Sealer sealer = Sealer.open(
                    new ArchiveStores(worm, new LiveFileStore(archive), heads),
                    signer,
                    SealSettings.DEFAULTS,
                    () -> SealWorld.START);
            sealer.append(SealWorld.entries(0, 30));
            sealer.seal(KafkaOffsets.NONE);
            sealer.append(SealWorld.entries(30, 560));
            sealer.seal(KafkaOffsets.NONE);
            FileKey.prepareNext(
                    directory.resolve("audit.key"),
                    "audit.test/log",
                    SealWorld.START,
                    "scheduled",
                    "",
                    new SecureRandom());
            sealer = Sealer.open(
                    new ArchiveStores(worm, new LiveFileStore(archive), heads),
                    FileKey.openAll(directory.resolve("audit.key"), "audit.test/log", new SecureRandom()),
                    SealSettings.DEFAULTS,
                    () -> SealWorld.START);
            sealer.append(SealWorld.entries(560, ENTRIES));
            sealer.publish();
            byte[] note = worm.get("checkpoints/00000000000000000560").orElseThrow();
            worm.put(Timestamps.key(560), AUTHORITY.stamp(note, SealWorld.START), SealWorld.START.plusSeconds(1));
            cosign(worm, note);
        }
        try (Stream<Path> files = Files.walk(archive)) {
            files.filter(Files::isRegularFile)
                    .map(file -> archive.relativize(file).toString())
                    .filter(name -> !name.startsWith(".tmp"))
                    .sorted()
                    .forEach(name -> objectOfKind.put(kind(name), name));
        }
    }

    private void cosign(WormFileStore worm, byte[] sealed) throws IOException {
        SignedNote note = SignedNote.parse(new String(sealed, UTF_8)).only(key);
        worm.put(
                Cosignatures.witness(WITNESS.key()),
                Cosignatures.text(WITNESS.key()).getBytes(UTF_8),
                SealWorld.START.plusSeconds(1));
        worm.put(
                Cosignatures.key(560, WITNESS.key()),
                note.with(SignedNote.formatLines(List.of(WITNESS.cosign(note.text(), SealWorld.START))))
                        .format()
                        .getBytes(UTF_8),
                SealWorld.START.plusSeconds(1));
    }

    @Test
    void theSignatureOfAWitnessIsLookedAtWithoutTheLocksToo() throws IOException {
        for (String kind : List.of("cosigned/#.id", "witnesses/id.vkey")) {
            Path file = archive.resolve(String.valueOf(objectOfKind.get(kind)));
            byte[] bytes = Files.readAllBytes(file);
            try {
                for (int at = 0; at < bytes.length; at++) {
                    byte[] flipped = bytes.clone();
                    flipped[at] ^= 1;
                    put(file, flipped);
                    VerificationReport found = ArchiveVerifier.verify(
                            DirectoryReader.open(archive),
                            new VerificationRequest(VerificationLevel.SIGNATURES, key, List.of(), 1, Progress.SILENT));
                    assertThat(found.findings()).as("byte %d of %s", at, file).isNotEmpty();
                }
            } finally {
                put(file, bytes);
            }
        }
    }

    private static String kind(String name) {
        return name.replace(WITNESS.key().idHex(), "id").replaceAll("(x\\d{3}/)*\\d+", "#");
    }

    static List<String> kinds() {
        return KINDS;
    }

    private VerificationReport verify() throws IOException {
        return ArchiveVerifier.verify(
                DirectoryReader.open(archive),
                new VerificationRequest(VerificationLevel.DOMAIN, key, List.of(), 1, Progress.SILENT)
                        .believing(AUTHORITY.above()));
    }

    @Test
    void nothingIsWrongBeforeAndEveryKindIsKnown() throws IOException {
        assertThat(objectOfKind.keySet()).containsExactlyElementsOf(kinds());
        assertThat(verify().sentences()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aByteOfAnObjectOfTheArchive(String kind) throws IOException {
        Path file = archive.resolve(String.valueOf(objectOfKind.get(kind)));
        byte[] bytes = Files.readAllBytes(file);
        try {
            for (int at : places(bytes)) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 1;
                put(file, flipped);
                assertThat(verify().isIntact()).as("byte %d of %s", at, file).isFalse();
            }
        } finally {
            put(file, bytes);
        }
    }

    @Test
    void aByteOfWhatAWitnessRemembers(@TempDir Path directory) throws IOException {
        assertThat(look(directory)).isInstanceOf(Observation.NewKey.class);
        assertThat(look(directory)).isInstanceOf(Observation.Grown.class);
        aByteOf(directory.resolve("checkpoint"), directory);
        aByteOf(directory.resolve("keys-000001"), directory);
    }

    private void aByteOf(Path memory, Path directory) throws IOException {
        byte[] bytes = Files.readAllBytes(memory);
        for (int at : places(bytes)) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 1;
            put(memory, flipped);
            boolean noticed;
            try {
                noticed = look(directory) instanceof Observation.Alarm;
            } catch (IllegalArgumentException | IOException e) {
                noticed = true; // a witness without a memory does not go on
            }
            assertThat(noticed)
                    .as("byte %d of %s", at, new String(flipped, UTF_8))
                    .isTrue();
        }
        put(memory, bytes);
    }

    private Observation look(Path directory) throws IOException {
        try (WitnessMemory memory = new WitnessMemory(directory)) {
            return new Witness(key, WITNESS, memory, () -> SealWorld.START).look(DirectoryReader.open(archive));
        }
    }

    @Test
    void aByteOfACosignature() throws IOException {
        SignedNote note = SignedNote.parse(Files.readString(archive.resolve("checkpoint")));
        String cosigned = note.with(SignedNote.formatLines(List.of(WITNESS.cosign(note.text(), SealWorld.START))))
                .format();
        byte[] bytes = cosigned.getBytes(UTF_8);
        for (int at = cosigned.indexOf("\u2014 witness"); at < cosigned.length(); at++) {
            int place = cosigned.substring(0, at).getBytes(UTF_8).length;
            byte[] flipped = bytes.clone();
            flipped[place] ^= 1;
            boolean noticed;
            try {
                noticed = WITNESS.key()
                        .cosigned(SignedNote.parse(new String(flipped, UTF_8)))
                        .isEmpty();
            } catch (IllegalArgumentException e) {
                noticed = true;
            }
            assertThat(noticed)
                    .as("byte %d of %s", place, new String(flipped, UTF_8))
                    .isTrue();
        }
    }

    @Test
    void aByteOfAProof() throws IOException {
        TlogProof proof = ArchiveProver.open(DirectoryReader.open(archive), key).atIndex(300);
        VerifierKey present = ArchivedKeys.require(DirectoryReader.open(archive), key)
                .present()
                .key();
        byte[] bytes = proof.format().getBytes(UTF_8);
        for (int at : places(bytes)) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 1;
            boolean noticed;
            try {
                TlogProof read = TlogProof.parse(new String(flipped, UTF_8));
                noticed = !read.proves(read.entry().orElse(new byte[0]), present);
            } catch (IllegalArgumentException e) {
                noticed = true;
            }
            assertThat(noticed)
                    .as("byte %d of %s", at, new String(flipped, UTF_8))
                    .isTrue();
        }
    }

    @Test
    void aByteOfAFileOfAnExport(@TempDir Path directory) throws IOException {
        Path zip = directory.resolve("export.zip");
        new CustomerLog().append(40, 2).export(CustomerLog.of(0), null, zip);
        VerifierKey log = SealWorld.SIGNER.verifierKey();
        assertThat(ExportVerifier.verify(zip, log, null).findings()).isEmpty();
        List<String> names;
        try (FileSystem files = FileSystems.newFileSystem(zip);
                Stream<Path> inside = Files.walk(files.getPath("/"))) {
            names = inside.filter(Files::isRegularFile).map(Path::toString).toList();
        }
        assertThat(names).hasSizeGreaterThan(15);
        for (String name : names) {
            byte[] bytes;
            try (FileSystem files = FileSystems.newFileSystem(zip)) {
                bytes = Files.readAllBytes(files.getPath(name));
            }
            for (int at : new int[] {0, bytes.length / 3, bytes.length / 2, bytes.length - 1}) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 1;
                inTheZip(zip, name, flipped);
                assertThat(ExportVerifier.verify(zip, log, null).isIntact())
                        .as("byte %d of %s", at, name)
                        .isFalse();
            }
            inTheZip(zip, name, bytes);
        }
        assertThat(ExportVerifier.verify(zip, log, null).findings()).isEmpty();
    }

    private static void inTheZip(Path zip, String name, byte[] bytes) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            Files.write(files.getPath(name), bytes);
        }
    }

    private static int[] places(byte[] bytes) {
        int step = Math.max(1, bytes.length / PLACES);
        return IntStream.iterate(0, at -> at < bytes.length, at -> at + step).toArray();
    }

    private static void put(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    }
}
