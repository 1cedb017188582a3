package aether.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.log.Ed25519Signer;
import aether.archive.log.Hash;
import aether.archive.log.HybridSigner;
import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.store.FailureSwitch;
import aether.archive.store.InMemoryLiveStore;
import aether.archive.store.InMemoryWormStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A sealer's world in which more than one key signs. */
abstract sealed class KeyedWorld permits RotatingWorld, EpochWorld {

    /** The log's name. */
    public static final String LOG = "audit.test/log";

    final SealWorld world = new SealWorld();

    /** A key made of a word. */
    public static Signer signer(String seed, String origin) {
        return HybridSigner.parse(Ed25519Signer.format(
                origin, Hash.sha256(seed.getBytes(StandardCharsets.UTF_8)).bytes()));
    }

    /** What time it is. */
    public Instant now() {
        return world.now;
    }

    /** What makes the stores fail. */
    public FailureSwitch failures() {
        return world.failures;
    }

    /** The head. */
    public InMemoryHeadStore heads() {
        return world.heads;
    }

    /** The locked objects. */
    public InMemoryWormStore worm() {
        return world.worm;
    }

    /** The objects that may change. */
    public InMemoryLiveStore live() {
        return world.live;
    }

    /** The archive as a stranger reads it. */
    public ArchiveReader reader() {
        return world.reader();
    }

    /** What a stranger finds who brings this key, or none. */
    final VerificationReport found(@Nullable VerifierKey brought) throws IOException {
        return ArchiveVerifier.verify(reader(), VerificationRequest.everything(brought));
    }

    /** Whoever brings this key finds the archive whole. */
    final void requireIntact(VerifierKey brought, long size, Hash root) throws IOException {
        VerificationReport report = found(brought);
        assertThat(report.sentences()).as("with %s", brought.vkey()).isEmpty();
        assertThat(report.entries()).isEqualTo(size);
        assertThat(report.root()).isEqualTo(root.base64());
    }
}
