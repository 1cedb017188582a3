package aether.store.log;

import java.util.UUID;

/**
 * An event on its way into the log, which will add position and recorded time.
 *
 * @param stream the stream it belongs to
 * @param sequence its number within the stream, from 0
 * @param eventId the caller's id of the event; it tells a stored event from a stranger's after an unknown outcome
 * @param type the event's name without revision
 * @param revision the revision of the payload, from 1
 * @param envelopeVersion the version of the CloudEvent rendering
 * @param payload canonical JSON
 * @param metadata canonical JSON
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to the log, never compared by equals
public record NewEvent(
        String stream,
        long sequence,
        UUID eventId,
        String type,
        int revision,
        int envelopeVersion,
        byte[] payload,
        byte[] metadata) {

    /** An index entry must fit on a third of a page; nobody names a stream or a type with more than this. */
    static final int MAX_NAME_LENGTH = 512;

    public NewEvent {
        checkName("stream", stream);
        checkName("type", type);
        if (sequence < 0) {
            throw new IllegalArgumentException("Expected a sequence from 0, but got " + sequence);
        }
        if (revision < 1) {
            throw new IllegalArgumentException("Expected a revision from 1, but got " + revision);
        }
    }

    private static void checkName(String what, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Expected a " + what + " of 1 to " + MAX_NAME_LENGTH
                    + " characters without NUL, but got " + name.length() + " characters");
        }
    }

    long bytes() {
        return payload.length + (long) metadata.length + stream.length() + type.length();
    }
}
