package aether.archive.seal;

import aether.archive.keys.EpochBase;
import aether.archive.keys.KeyChain;
import aether.archive.log.Cosigner;
import aether.archive.log.Hash;
import aether.archive.log.Signer;
import java.time.Instant;

/**
 * A new epoch that waits to begin. Everybody who has the same, and the same archive, makes the same base.
 *
 * @param signer signs with the new epoch's key
 * @param at when it was decided
 * @param reason why, one of {@link EpochBase#REASONS}
 * @param reference the number of a case; empty for none
 * @param evidence a checkpoint that the old key has signed over more entries than there are
 */
public record NextEpoch(Signer signer, Instant at, String reason, String reference, String evidence) {

    /** Refuses what a base could not say. */
    public NextEpoch {
        EpochBase.requireWords(reason, reference);
    }

    /** The number of the epoch that would follow. */
    public static int number(KeyChain chain) {
        return chain.bases().isEmpty() ? 2 : chain.bases().getLast().epoch() + 1;
    }

    /**
     * The base.
     *
     * @param head where the archive ends
     * @param seal the newest seal
     * @param after what the next seal names
     * @throws IllegalArgumentException when the evidence proves no loss
     */
    EpochBase on(KeyChain chain, Head head, Seal seal, Hash after) {
        Instant since = chain.present().since();
        Instant earliest = seal.time().isBefore(since) ? since : seal.time();
        return new EpochBase(
                number(chain),
                chain.present().number() + 1,
                head.size(),
                head.root(),
                seal.size(),
                after,
                at.isBefore(earliest) ? earliest : at,
                reason,
                reference,
                chain.present().key(),
                signer.verifierKey(),
                signer.mlDsa44().map(Cosigner::key).orElse(null),
                evidence);
    }
}
