package aether.archive.verify;

import aether.archive.log.CosignerKey;
import aether.archive.log.VerifierKey;
import aether.archive.policy.WitnessPolicy;
import aether.archive.stamp.TrustedAuthorities;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be verified.
 *
 * @param level how deep
 * @param key the log's key as the reader got it from elsewhere; null when there is only the one in the archive
 * @param positions entries that must be proven, from {@link VerificationLevel#PROOFS} on
 * @param threads how many threads read and hash, at least 1
 * @param progress told how far it has come
 * @param authorities whose timestamps the reader believes; nobody's: they are checked with the certificates inside
 * @param clock the reader's own: by it must be over the time of whatever was pruned
 * @param mlDsa44 the log's ML-DSA-44 key as the reader got it from elsewhere; null when there is only the archive's, if
 *     any
 * @param policy whose cosignatures the reader demands; null when nobody's
 */
public record VerificationRequest(
        VerificationLevel level,
        @Nullable VerifierKey key,
        List<Long> positions,
        int threads,
        Progress progress,
        TrustedAuthorities authorities,
        InstantSource clock,
        @Nullable CosignerKey mlDsa44,
        @Nullable WitnessPolicy policy) {

    /** Keeps its own list. */
    public VerificationRequest {
        if (threads < 1) {
            throw new IllegalArgumentException("Expected at least 1 thread, but got " + threads + ".");
        }
        positions = List.copyOf(positions);
    }

    /** The same by a reader who knows no time-stamping authority. */
    public VerificationRequest(
            VerificationLevel level, @Nullable VerifierKey key, List<Long> positions, int threads, Progress progress) {
        this(level, key, positions, threads, progress, TrustedAuthorities.NONE, InstantSource.system(), null, null);
    }

    /** The same by a reader who believes the timestamps of these. */
    public VerificationRequest believing(TrustedAuthorities trusted) {
        return new VerificationRequest(level, key, positions, threads, progress, trusted, clock, mlDsa44, policy);
    }

    /** The same by a reader with this clock. */
    public VerificationRequest by(InstantSource time) {
        return new VerificationRequest(level, key, positions, threads, progress, authorities, time, mlDsa44, policy);
    }

    /** The same by a reader who knows the log's ML-DSA-44 key. */
    public VerificationRequest signedWith(CosignerKey second) {
        return new VerificationRequest(level, key, positions, threads, progress, authorities, clock, second, policy);
    }

    /** The same by a reader who demands the cosignatures of this policy's quorum. */
    public VerificationRequest demanding(WitnessPolicy quorum) {
        return new VerificationRequest(level, key, positions, threads, progress, authorities, clock, mlDsa44, quorum);
    }

    /** Everything there is, on all cores. */
    public static VerificationRequest everything(@Nullable VerifierKey key) {
        return new VerificationRequest(
                VerificationLevel.DOMAIN, key, List.of(), Runtime.getRuntime().availableProcessors(), Progress.SILENT);
    }

    /** Hears how far a verification has come. */
    @FunctionalInterface
    public interface Progress {
        /** Nobody listens. */
        Progress SILENT = (level, done, of) -> {};

        /**
         * Called often, on the caller's thread.
         *
         * @param of how much there is, 0 when nobody knows before the end
         */
        void at(VerificationLevel level, long done, long of);
    }
}
