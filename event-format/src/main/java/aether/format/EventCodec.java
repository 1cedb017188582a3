package aether.format;

/** Turns events into the bytes the log keeps, and back; the class name never leaves the process. */
public interface EventCodec {

    /**
     * The event as it will be stored.
     *
     * @throws IllegalArgumentException when the table of event types has no row for the event's class
     */
    Encoded encode(Object event);

    /**
     * The event in its newest form, upcast when an older revision was stored.
     *
     * @throws IllegalArgumentException when the name or the revision is unknown, or the bytes are not that event
     */
    Object decode(String type, int revision, byte[] payload);

    /** Canonical JSON bytes of the metadata. */
    byte[] encodeMetadata(EventMetadata metadata);

    /** The metadata from its canonical JSON bytes. */
    EventMetadata decodeMetadata(byte[] metadata);

    /**
     * An event's stored form.
     *
     * @param type the name without revision
     * @param revision the revision, from 1
     * @param payload canonical JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way to the log, never compared by equals
    record Encoded(String type, int revision, byte[] payload) {}
}
