package aether.archive.seal;

import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * What whoever opens the log can sign with.
 *
 * @param signer the log's key
 * @param next the key that is to follow it, or has just done so; null when none waits
 */
public record SigningKeys(Signer signer, @Nullable NextKey next) {

    /** One key alone. */
    public static SigningKeys of(Signer signer) {
        return new SigningKeys(signer, null);
    }

    /** Whether the next key is not the present one already, as after a kill between two steps of handing over. */
    boolean isHandingOver() {
        return next != null && !next.signer().verifierKey().equals(signer.verifierKey());
    }

    /** What signs with this key; null when it is not here. */
    @Nullable
    Signer signerOf(VerifierKey key) {
        if (signer.verifierKey().equals(key)) {
            return signer;
        }
        return next != null && next.signer().verifierKey().equals(key) ? next.signer() : null;
    }
}
