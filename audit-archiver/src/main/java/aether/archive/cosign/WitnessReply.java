package aether.archive.cosign;

import aether.archive.log.Hash;
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
     * @param root of this checkpoint
     */
    record Ahead(long size, boolean proven, Hash root) implements WitnessReply {}

    /**
     * It will not cosign, and says so.
     *
     * @param sentence why, for a person
     * @param root of the checkpoint
     * @param status the HTTP status
     * @param size up to where it says to have followed the log; -1 when it did not say
     */
    record Refused(String sentence, Hash root, int status, long size) implements WitnessReply {}
}
