package aether.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.prune.PrunePlan;
import aether.archive.prune.PruneResult;
import aether.archive.prune.Pruner;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.store.Custody;
import aether.archive.store.CustodyContract;
import aether.archive.store.WormStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a store that enforces Object Lock by its own clock: so locks are of seconds here, and are waited for. */
@Tag("slow")
@SuppressWarnings("NullAway.Init") // opened before each test
class S3CustodyTest implements CustodyContract {

    private static final Duration KEPT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private S3Location location;
    private S3Connection connection;
    private S3WormStore store;

    @BeforeEach
    void open() throws IOException {
        location = TestCeph.createBuckets();
        connection = TestCeph.connect(location);
        store = new S3WormStore(connection, location);
    }

    @AfterEach
    void close() {
        if (connection != null) { // a skipped test has none
            connection.close();
        }
    }

    @Override
    public Custody custody() {
        return new S3Custody(connection, location);
    }

    @Override
    public WormStore kept() {
        return store;
    }

    @Override
    public void pass(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Instant time() {
        return Instant.now();
    }

    @Test
    void theStoreKeepsWhatItLocksWhateverWeBelieve() throws IOException {
        store.put(
                "tile/0/000",
                "hashes".getBytes(StandardCharsets.UTF_8),
                Instant.now().plusSeconds(3600));

        assertThatThrownBy(() -> custody().remove("tile/0/000", Instant.now().plusSeconds(7200)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(Custody.StillKept.class)
                .hasMessageContaining("403");
        assertThat(store.get("tile/0/000")).isPresent();
    }

    @Test
    void aLogInBucketsIsPrunedWhenItsTimeIsOverAndGoesOn() throws IOException {
        SealSettings brief = new SealSettings(256, Duration.ofSeconds(1), Duration.ofSeconds(60), KEPT, KEPT);
        S3Reader reader = new S3Reader(connection, location);
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("head"))) {
            ArchiveStores stores = new ArchiveStores(store, new S3LiveStore(connection, location), heads);
            Sealer sealer = Sealer.open(stores, SealWorld.SIGNER, brief, Instant::now);
            sealer.append(SealWorld.entries(0, 600));
            sealer.seal(SealWorld.offsets(600));
            assertThat(pruner(reader).plan().below()).isZero();
            custody().hold("tile/entries/001");
            pass(KEPT.plusSeconds(2));

            PrunePlan held = pruner(reader).plan();
            assertThat(held.below()).isEqualTo(256);
            assertThat(held.stopped()).isEqualTo("Entry 256 is under a legal hold.");
            custody().lift("tile/entries/001");
            PrunePlan plan = pruner(reader).plan();
            assertThat(plan.below()).isEqualTo(512);
            PruneResult result = pruner(reader).prune(plan, SealWorld.SIGNER);

            assertThat(result.removed()).isGreaterThanOrEqualTo(4);
            assertThat(result.kept()).isZero();
            assertThat(store.get("tile/entries/000")).isEmpty();
            assertThat(store.get("tile/0/001")).isEmpty();
            Sealer again = Sealer.open(stores, SealWorld.SIGNER, brief, Instant::now);
            again.append(SealWorld.entries(600, 700));
            again.seal(SealWorld.offsets(700));
        }
        VerificationReport report =
                ArchiveVerifier.verify(reader, VerificationRequest.everything(SealWorld.SIGNER.verifierKey()));
        assertThat(report.sentences()).isEmpty();
        assertThat(report.remarks()).anyMatch(remark -> remark.startsWith("Entries below 512 may have been pruned"));
    }

    private Pruner pruner(S3Reader reader) throws IOException {
        return Pruner.of(reader, store, custody(), SealWorld.SIGNER.verifierKey(), Instant.now());
    }
}
