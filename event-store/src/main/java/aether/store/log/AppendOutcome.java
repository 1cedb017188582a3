package aether.store.log;

import java.util.UUID;

/** What became of a command: stored, or refused by what the log already holds. */
public sealed interface AppendOutcome {

    /**
     * Stored and flushed.
     *
     * @param firstPosition the position of the first event; the others follow it without a gap
     * @param count how many events
     * @param recordedMicros the time the log gave them, microseconds since the epoch
     */
    record Appended(long firstPosition, int count, long recordedMicros) implements AppendOutcome {

        /** The position of the last event. */
        public long lastPosition() {
            return firstPosition + count - 1;
        }
    }

    /**
     * Nothing stored: a stream had moved on, or was not there yet.
     *
     * @param stream the first such stream
     * @param expectedSequence the sequence that the command brought for it
     * @param nextSequence the sequence that the stream would have taken
     */
    record Conflict(String stream, long expectedSequence, long nextSequence) implements AppendOutcome {}

    /**
     * Nothing stored: a command with this id is in the log already.
     *
     * @param commandId the id
     * @param position where the first command's first event lies
     */
    record Duplicate(UUID commandId, long position) implements AppendOutcome {}
}
