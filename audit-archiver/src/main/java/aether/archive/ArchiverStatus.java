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
 * @param witnesses how it stands with the witnesses; empty when none is asked
 * @param witnessAlarms what witnesses refuse to cosign, until they do again
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
        String witnesses,
        List<String> witnessAlarms,
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
        /**
         * Something is not what it was: it stands still until a person has looked and started it again, or, where it is
         * behind what its key has signed, until that has come back.
         */
        ALARM,
        /** Another archiver seals this log; this one takes over when that one dies. */
        STANDBY,
        /** Closed. */
        STOPPED
    }

    /** Keeps its own lists. */
    public ArchiverStatus {
        witnessAlarms = List.copyOf(witnessAlarms);
        equivocations = List.copyOf(equivocations);
    }

    /** Whether the archive is growing or would if there were something new, and nobody doubts it. */
    public boolean isHealthy() {
        return state == State.RUNNING && equivocations.isEmpty() && witnessAlarms.isEmpty();
    }

    /** Whether a person has to look: it stands still over something, or a witness does not believe it. */
    public boolean isAlarmed() {
        return state == State.ALARM || !witnessAlarms.isEmpty();
    }
}
