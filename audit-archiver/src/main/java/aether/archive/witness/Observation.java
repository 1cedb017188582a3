package aether.archive.witness;

/** What a witness saw. */
public sealed interface Observation {

    /** The log has not changed since the witness last looked. */
    record Unchanged(long size) implements Observation {}

    /**
     * The log has grown, and the new one begins with the whole of the old one.
     *
     * @param from the size before, 0 at the first look
     * @param to the size now
     * @param cosigned the checkpoint as a note with the witness's signature
     */
    record Grown(long from, long to, String cosigned) implements Observation {}

    /**
     * The log is behind or beside what the witness has seen, or not signed with its key: both notes are kept as
     * evidence.
     */
    record Alarm(String sentence) implements Observation {}
}
