package aether.archive.cosign;

import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import java.io.IOException;
import java.time.Instant;

/** What of a witness's answers belongs into the event log. */
public sealed interface WitnessNews {

    /** Whose answer it was. */
    CosignerKey witness();

    /** The size of the checkpoint that was asked about. */
    long size();

    /** Its root. */
    Hash root();

    /**
     * It would not cosign, for a reason that it has not given since it last signed.
     *
     * @param status the HTTP status that it answered with
     * @param witnessSize up to where it says to have followed the log; -1 when it did not say
     * @param signedSize the newest size that it has cosigned, 0 for none
     */
    record Refused(
            CosignerKey witness,
            long size,
            Hash root,
            RefusalCause cause,
            int status,
            long witnessSize,
            long signedSize)
            implements WitnessNews {}

    /**
     * It has cosigned: after a refusal, or for the first time that this process has asked it, for an earlier one may
     * have been refused.
     *
     * @param at when, by its clock
     */
    record Agreed(CosignerKey witness, long size, Hash root, Instant at) implements WitnessNews {}

    /** Where news go. */
    @FunctionalInterface
    interface Desk {

        /** Keeps it; when this fails, it comes again. */
        void keep(WitnessNews news) throws IOException;
    }
}
