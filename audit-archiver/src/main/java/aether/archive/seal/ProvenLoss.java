package aether.archive.seal;

import aether.archive.store.TamperAlarm;

/** What is said when the log is behind something that its key has signed. */
public final class ProvenLoss {

    private static final String WHAT_TO_DO = "Nothing is signed any more, because whatever came at the same positions now"
            + " would be a fork. Bring back what is missing (the store's objects, the topic, the database), or, if it is"
            + " lost for good, begin a new epoch with 'aether audit new-epoch' and that checkpoint as evidence.";

    private ProvenLoss() {}

    /**
     * The alarm.
     *
     * @param found which checkpoint is larger, such as {@code published size}
     * @param signed its size
     * @param size where the log ends
     */
    public static TamperAlarm alarm(String found, long signed, long size) {
        return new TamperAlarm("Expected the log to reach the " + found + " " + signed + ", but it ends at " + size
                + ". " + WHAT_TO_DO);
    }
}
