package aether.standalone.cli;

import aether.archive.log.CosignerKey;
import aether.archive.log.VerifierKey;
import aether.archive.policy.WitnessPolicy;
import aether.archive.stamp.TrustedAuthorities;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose signatures a verifier believes: what it brings along from elsewhere than the archive. */
final class BelievedOptions {

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The file with the log's public key (a vkey line); when it has changed, any of them.")
    private @Nullable Path key;

    @Option(
            names = "--ml-dsa-key",
            paramLabel = "FILE",
            description = {
                "The file with the log's ML-DSA-44 public key, for an archive's checkpoints; without it those signatures",
                "are checked with the key in the archive, where it has one."
            })
    private @Nullable Path mlDsaKey;

    @Option(
            names = "--tsa",
            paramLabel = "FILE",
            description = {
                "The file with the certificates (PEM) of the time-stamping authorities that you believe, or of those",
                "that vouch for them."
            })
    private @Nullable Path authorities;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = {
                "A witness policy (C2SP tlog-policy) whose quorum must have cosigned a checkpoint of the archive, or one in",
                "the export; the log's key is taken from it where --key is not given."
            })
    private @Nullable Path policy;

    boolean hasKey() {
        return key != null;
    }

    boolean hasSecondKey() {
        return mlDsaKey != null;
    }

    @Nullable
    VerifierKey key() throws IOException {
        return LogKeyOption.read(key);
    }

    @Nullable
    WitnessPolicy policy() throws IOException {
        return policy == null ? null : WitnessPolicy.read(policy);
    }

    TrustedAuthorities authorities() throws IOException {
        return authorities == null ? TrustedAuthorities.NONE : TrustedAuthorities.read(authorities);
    }

    /** The request of an archive's verification with whom else it may believe than the log's key. */
    VerificationRequest addTo(VerificationRequest request) throws IOException {
        VerificationRequest believing = request.believing(authorities());
        return mlDsaKey == null ? believing : believing.signedWith(secondKey(mlDsaKey));
    }

    /** A vkey line alone, or the object in which an archive announces it. */
    private static CosignerKey secondKey(Path file) throws IOException {
        return CosignerKey.parse(Files.readString(file).lines().findFirst().orElse(""));
    }
}
