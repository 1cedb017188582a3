package aether.archive.seal;

import java.io.IOException;

/**
 * The log is behind something that its key has signed, and what is missing has not come: nothing is signed, or whatever
 * came at the same positions instead would be a fork. It may come yet, so it may be tried again.
 */
public final class ProvenLoss extends IOException {

    private static final long serialVersionUID = 1L;

    private static final String WHAT_TO_DO =
            " Nothing is signed any more, because whatever came at the same positions now"
                    + " would be a fork. Bring back what is missing (the store's objects, the topic, the database), or, if it is"
                    + " lost for good, begin a new epoch with 'aether audit new-epoch' and that checkpoint as evidence.";

    private ProvenLoss(String sentence) {
        super(sentence);
    }

    /**
     * The log is behind a checkpoint.
     *
     * @param seen by whom it was seen
     * @param signed its size
     * @param size where the log ends
     */
    public static ProvenLoss of(String seen, long signed, long size) {
        return new ProvenLoss(sentence("size " + signed + ", which was seen by " + seen, size));
    }

    static String sentence(String reached, long size) {
        return "Expected the log to reach " + reached + ", but it ends at " + size + "." + WHAT_TO_DO;
    }
}
