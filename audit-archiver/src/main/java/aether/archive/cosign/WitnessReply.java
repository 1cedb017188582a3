package aether.archive.cosign;

import aether.archive.log.SignedNote;
import java.time.Instant;

/** What came of asking a witness. */
sealed interface WitnessReply {

    /**
     * It has cosigned.
     *
     * @param note the checkpoint with the log's signature and the witness's
     * @param at when, by the witness's clock
     */
    record Cosigned(SignedNote note, Instant at) implements WitnessReply {}

    /**
     * It says that it has followed the log further than to this checkpoint.
     *
     * @param size up to where
     * @param proven whether it shows a checkpoint of that size that the log's key has signed
     */
    record Ahead(long size, boolean proven) implements WitnessReply {

        /** It says so, and no more. */
        Ahead(long size) {
            this(size, false);
        }
    }

    /** It will not cosign, and says so. */
    record Refused(String sentence) implements WitnessReply {}
}
