package aether.archive.witness;

/** What a witness answers to {@link AddCheckpoint}; the statuses are those of C2SP tlog-witness. */
public sealed interface WitnessAnswer {

    /** The HTTP status that stands for it. */
    int status();

    /**
     * It followed the log and signed.
     *
     * @param line the witness's signature line, with its line end
     */
    record Cosigned(String line) implements WitnessAnswer {
        @Override
        public int status() {
            return 200;
        }
    }

    /**
     * The log is mistaken about where the witness is.
     *
     * @param size up to where it has followed
     */
    record OtherSize(long size) implements WitnessAnswer {
        @Override
        public int status() {
            return 409;
        }
    }

    /**
     * It will not sign this.
     *
     * @param status 400 for what cannot be asked, 403 for an unsigned checkpoint, 404 for an unknown log, 422 for a
     *     tree that does not follow from the one it knows; for whoever asked also 200, when what came is no cosignature
     * @param sentence why
     * @param size up to where it says to have followed the log; -1 when it does not say
     */
    record Refused(int status, String sentence, long size) implements WitnessAnswer {

        /** A refusal that says no size. */
        public Refused(int status, String sentence) {
            this(status, sentence, -1);
        }
    }
}
