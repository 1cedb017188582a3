package aether.archive;

import java.util.List;

/**
 * What the archiver says about itself.
 *
 * @param state what it is doing
 * @param message the state in a sentence for a person
 * @param size the number of archived entries
 * @param root the root over them in base64
 * @param nextWanted the position it takes next
 * @param sealedSize the size of the newest seal
 * @param foreignRecords how many records on the topic were no events, since the start
 * @param worm the newest verdict on the store in a sentence; empty before the first
 * @param timestamps how it stands with timestamps of a third party; empty when none is asked for
 * @param verified what the newest verification of everything came to; empty before the first
 * @param reports how it stands with what is entered into the event log; empty while there is nothing to say
 * @param equivocations archived positions that came again with other content, since the start
 */
public record ArchiverStatus(
        State state,
        String message,
        long size,
        String root,
        long nextWanted,
        long sealedSize,
        long foreignRecords,
        String worm,
        String timestamps,
        String verified,
        String reports,
        List<String> equivocations) {

    /** What an archiver can be doing. */
    public enum State {
        /** Opening the log or Kafka. */
        STARTING,
        /** Archiving whatever comes. */
        RUNNING,
        /** Later events are there, the next one is not. */
        WAITING,
        /** Kafka or the disk does not answer; it tries again by itself. */
        RETRYING,
        /** Something is not what it was: it stands still until a person has looked and started it again. */
        ALARM,
        /** Another archiver seals this log; this one takes over when that one dies. */
        STANDBY,
        /** Closed. */
        STOPPED
    }

    /** Keeps its own list. */
    public ArchiverStatus {
        equivocations = List.copyOf(equivocations);
    }

    /** Whether the archive is growing or would if there were something new. */
    public boolean isHealthy() {
        return state == State.RUNNING && equivocations.isEmpty();
    }
}
