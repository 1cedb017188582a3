package aether.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.epoch.NewEpoch;
import aether.archive.epoch.SeenFolder;
import aether.archive.keys.EpochBase;
import aether.archive.log.VerifierKey;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.EpochKey;
import aether.archive.seal.EpochWorld;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.Head;
import aether.archive.seal.HeadStore;
import aether.archive.seal.MissingKey;
import aether.archive.seal.ProvenLoss;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.seal.SeenCheckpoint;
import aether.archive.seal.SeenElsewhere;
import aether.archive.store.WormFileStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step from epoch to epoch over directories and files, as the command and the archiver take it. */
class EpochChangeTest {

    private static final String ORIGIN = "audit.test/log";
    private static final long LEFT = 300;
    private static final long WITNESSED = 400;

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path directory;

    private ArchiverSettings settings;
    private List<SeenCheckpoint> evidence = List.of();
    private VerifierKey first;

    /** 300 entries are sealed, 100 more are signed, and then the archive is what it was at 300. */
    @BeforeEach
    void lose() throws IOException {
        settings = ArchiverSettings.offline(Map.of(), archive().toString(), state(), ORIGIN);
        grow(LEFT, true);
        first = key();
        Path left = directory.resolve("left");
        copy(archive(), left);
        grow(WITNESSED, false);
        evidence = List.of(
                SeenCheckpoint.parse("a customer", Files.readString(archive().resolve("checkpoint"))));
        copy(archive(), directory.resolve("whole"));
        delete(archive());
        copy(left, archive());
        Files.delete(archive().resolve("checkpoint"));
        Files.delete(settings.headFile());
    }

    private Path archive() {
        return directory.resolve("archive");
    }

    private Path state() {
        return directory.resolve("state");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file));
                if (!Files.exists(copied)) {
                    Files.copy(file, copied, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** As an archiver does between its start and its end; what comes after the loss is something else. */
    private void grow(long size, boolean seal) throws IOException {
        try (HeadStore head = OpenedLog.heads(settings, System::nanoTime).open();
                ArchivePlace.Opened place = settings.archive().open()) {
            Sealer sealer = OpenedLog.open(settings, place, head, SeenElsewhere.NOTHING, () -> SealWorld.START, random);
            long otherwise = evidence.isEmpty() ? Long.MAX_VALUE : LEFT;
            sealer.append(EpochWorld.entries(sealer.size(), size, otherwise));
            sealer.publish();
            if (seal) {
                sealer.seal(SealWorld.offsets(size));
            }
        }
    }

    private EpochChange change() throws IOException {
        return new EpochChange(
                Map.of(), archive().toString(), state(), () -> SealWorld.START.plus(Duration.ofDays(1)), random);
    }

    private VerifierKey key() throws IOException {
        return FileKey.open(settings.keyFile(), ORIGIN, random).verifierKey();
    }

    private VerificationReport verify(VerifierKey brought) throws IOException {
        Path vkey = directory.resolve("brought.vkey");
        Files.writeString(vkey, brought.vkey());
        return ArchiveVerifier.verify(archive(), Optional.of(vkey));
    }

    private void requireIntact(long size) throws IOException {
        for (VerifierKey brought : List.of(first, key())) {
            VerificationReport report = verify(brought);
            assertThat(report.sentences()).as(brought.vkey()).isEmpty();
            assertThat(report.entries()).isEqualTo(size);
        }
    }

    @Test
    void goesOnWithANewKeyInANewEpoch() throws IOException {
        EpochBase base = change().perform(evidence, "disaster", "case-7");

        assertThat(base.size()).isEqualTo(LEFT);
        assertThat(base.witnessed().size()).isEqualTo(WITNESSED);
        assertThat(base.from()).isEqualTo(first);
        assertThat(base.to()).isEqualTo(key());
        assertThat(key().name()).isEqualTo("audit.test/log/epoch-2");
        assertThat(Files.readString(settings.keyFile())).doesNotContain(first.idHex());
        assertThat(change().next()).doesNotExist();
        try (Stream<Path> reports = Files.list(settings.reports().outbox())) {
            assertThat(Files.readString(reports.toList().getFirst()))
                    .contains("archive.record-key-change")
                    .containsPattern("archive\\W+audit\\.test/log\\W+change")
                    .contains(first.vkey())
                    .contains(key().vkey())
                    .containsPattern("reason\\W+other")
                    .contains("case-7");
        }
        requireIntact(LEFT);
        grow(350, true);
        requireIntact(350);

        assertThat(change().perform(evidence, "disaster", "case-7")).isEqualTo(base); // a second time: it is done
        requireIntact(350);
        assertThat(new KeyRotation(Map.of(), archive().toString(), state(), () -> SealWorld.START, random)
                        .perform("scheduled", "")
                        .origin())
                .isEqualTo("audit.test/log/epoch-2");
        requireIntact(350);
    }

    @Test
    void theOldKeyNeedNotBeThere() throws IOException {
        delete(state());
        change().perform(evidence, "disaster", "");
        requireIntact(LEFT);
    }

    @Test
    void withWhatIsShownOfTheLostEndAsEvidence() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("whole"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String object = directory.resolve("whole").relativize(file).toString();
                boolean live = object.equals("checkpoint") || (object.startsWith("tile/") && object.contains(".p/144"));
                if (live) {
                    Files.createDirectories(archive().resolve(object).getParent());
                    Files.copy(file, archive().resolve(object));
                }
            }
        }
        assertThat(archive().resolve("tile/0/001.p/144")).exists();

        assertThat(change().perform(List.of(), "store-failure", "").witnessed().size())
                .isEqualTo(WITNESSED);

        assertThat(archive().resolve("tile/0/001.p/144")).doesNotExist();
        requireIntact(LEFT);
        grow(420, true);
        requireIntact(420);
    }

    @Test
    void isRefusedWithoutAProofOfALossAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> change().perform(List.of(), "disaster", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "Expected evidence of a loss, but there is no checkpoint signed with " + first.vkey());
        SeenCheckpoint small =
                SeenCheckpoint.parse("a file", Files.readString(archive().resolve("checkpoints/00000000000000000300")));
        assertThatThrownBy(() -> change().perform(List.of(small), "disaster", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the checkpoint is of 300: it proves no loss");
        assertThatThrownBy(() -> change().perform(evidence, "because", ""))
                .hasMessageContaining("Expected one of the reasons disaster, store-failure");
        assertThat(change().next()).doesNotExist();
        assertThat(key()).isEqualTo(first);
        grow(301, true);
        assertThat(verify(first).isIntact()).isTrue();
    }

    @Test
    void isRefusedWhileAnArchiverSeals() throws IOException {
        try (HeadStore held = FileHeadStore.open(settings.headFile())) {
            assertThat(held.read()).isEqualTo(Head.EMPTY);
            assertThatThrownBy(() -> change().perform(evidence, "disaster", "")).isInstanceOf(IOException.class);
        }
        assertThat(change().next()).doesNotExist();
    }

    @Test
    void isRefusedOverAnArchiveThatIsNotWhole() throws IOException {
        Files.delete(archive().resolve("tile/0/000"));
        assertThatThrownBy(() -> change().perform(evidence, "disaster", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tile/0/000");
        assertThat(change().next()).doesNotExist();
    }

    @Test
    void isRefusedWhereSomethingLockedLiesBeyondTheEnd() throws IOException {
        new WormFileStore(archive())
                .put("staged/001/00000000000000000350", "from the lost end".getBytes(UTF_8), SealWorld.START);
        assertThatThrownBy(() -> change().perform(evidence, "disaster", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Expected nothing in the archive beyond size 300, but there is"
                        + " staged/001/00000000000000000350");
        assertThat(change().next()).doesNotExist();
    }

    /** The kill comes after the key is kept and before anything speaks of it: the archiver's start goes on. */
    @Test
    void aKillBetweenTheFilesIsFinishedByTheCommandOrTheArchiver() throws IOException {
        byte[] old = Files.readAllBytes(settings.keyFile());
        dieBeforeTheHeadIsSet();
        byte[] waiting = Files.readAllBytes(change().next());
        Path before = directory.resolve("before");
        copy(archive(), before);

        grow(310, true); // as the archiver does

        VerifierKey next = key();
        byte[] young = Files.readAllBytes(settings.keyFile());
        assertThat(change().next()).doesNotExist();
        requireIntact(310);

        for (byte[] present : List.of(old, young)) { // killed before, or after, the new key took the old one's place
            FileKey.open(directory.resolve("spare"), ORIGIN, random);
            Files.write(settings.keyFile(), present);
            Files.copy(directory.resolve("spare"), change().next(), StandardCopyOption.COPY_ATTRIBUTES);
            Files.write(change().next(), waiting);
            EpochBase base = change().perform(evidence, "other", "");
            assertThat(base.to()).isEqualTo(next);
            assertThat(base.reason()).isEqualTo("disaster");
            assertThat(key()).isEqualTo(next);
            assertThat(change().next()).doesNotExist();
        }
        requireIntact(310);
    }

    private void dieBeforeTheHeadIsSet() throws IOException {
        try (HeadStore head = FileHeadStore.open(settings.headFile());
                ArchivePlace.Opened place = settings.archive().open();
                ArchivePlace.Reading reading = settings.archive().read()) {
            HeadStore dying = new HeadStore() {
                private int sets;

                @Override
                public Head read() throws IOException {
                    return head.read();
                }

                @Override
                public boolean compareAndSet(Head expected, Head next) throws IOException {
                    if (sets++ > 0) {
                        throw new IOException("Killed.");
                    }
                    return head.compareAndSet(expected, next);
                }

                @Override
                public void keep() throws IOException {
                    head.keep();
                }

                @Override
                public void close() {}
            };
            assertThatThrownBy(() -> new NewEpoch(
                                    reading.archive(),
                                    new ArchiveStores(place.worm(), place.live(), dying),
                                    settings.keyFile(),
                                    SealSettings.DEFAULTS,
                                    () -> SealWorld.START)
                            .begin(evidence, "disaster", "", random))
                    .hasMessage("Killed.");
        }
        assertThat(EpochKey.waiting(settings.keyFile(), ORIGIN)).isPresent();
    }

    @Test
    void aSecondArchiverWithTheOldKeyGoesOnOnceItHasTheNewOne() throws IOException {
        byte[] old = Files.readAllBytes(settings.keyFile());
        change().perform(evidence, "disaster", "");
        byte[] young = Files.readAllBytes(settings.keyFile());
        Files.write(settings.keyFile(), old);
        assertThatThrownBy(() -> grow(310, true)).isInstanceOf(MissingKey.class).hasMessageContaining("(keys/1.base)");
        Files.write(settings.keyFile(), young);
        grow(310, true);
        requireIntact(310);
    }

    @Test
    void whatLiesBesideTheKeyAsSeenStopsTheArchiverUntilTheNewEpoch() throws IOException {
        Path seen = SeenFolder.beside(settings.keyFile());
        Files.createDirectories(seen);
        Files.writeString(
                seen.resolve("from-acme.tlog-proof"),
                "c2sp.org/tlog-proof@v1\nindex 7\n\n"
                        + evidence.getFirst().note().format());

        assertThatThrownBy(() -> grow(310, true))
                .isInstanceOf(ProvenLoss.class)
                .hasMessageContaining("size 400, which was seen by " + seen.resolve("from-acme.tlog-proof")
                        + ", but it ends at 300.");
        change().perform(evidence, "disaster", "");
        grow(310, true);
        requireIntact(310);

        Files.writeString(seen.resolve("note.txt"), "call acme");
        assertThatThrownBy(() -> grow(311, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Expected a checkpoint or a proof in " + seen.resolve("note.txt"));
    }
}
