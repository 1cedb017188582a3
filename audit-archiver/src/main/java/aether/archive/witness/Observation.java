package aether.archive.witness;

import aether.archive.log.VerifierKey;

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
     * The log's key has changed, and both the old and the new one say so.
     *
     * @param size up to which the old one has signed
     * @param from the old one
     * @param to the new one, which the witness follows from now on
     */
    record NewKey(long size, VerifierKey from, VerifierKey to) implements Observation {}

    /**
     * The log is behind or beside what the witness has seen, or not signed with its key: both notes are kept as
     * evidence.
     */
    record Alarm(String sentence) implements Observation {}
}
