package aether.format;

import aether.domain.kernel.DnsLabel;

/**
 * Events as CloudEvents: what Kafka carries, the archive seals and projections read. Rendering is frozen per envelope
 * version, so that a republish years later gives the same bytes.
 */
public final class Envelope {

    /** The version that new events are stored with. */
    public static final int CURRENT_VERSION = 1;

    /** What {@code source} begins with; the installation's name follows. */
    static final String SOURCE = "/aether/";

    private final String source;
    private final EventCodec codec;
    private final EnvelopeReader reader;

    /**
     * The envelopes of one installation.
     *
     * @param installation a DNS label
     */
    public Envelope(String installation, EventCodec codec) {
        if (!DnsLabel.isValid(installation)) {
            throw new IllegalArgumentException(DnsLabel.expected(installation));
        }
        this.source = SOURCE + installation;
        this.codec = codec;
        this.reader = new EnvelopeReader(codec);
    }

    /**
     * The stored event as a structured CloudEvent in JSON.
     *
     * @throws IllegalArgumentException when this release does not know the event's envelope version
     */
    public byte[] render(StoredEvent event) {
        return render(event, codec.decodeMetadata(event.metadata()));
    }

    /** Everything that the Kafka record of the stored event consists of. */
    public KafkaRecordFields record(StoredEvent event) {
        EventMetadata metadata = codec.decodeMetadata(event.metadata());
        String tenant = metadata.tenant();
        return KafkaRecordFields.of(
                tenant == null ? event.stream() : tenant,
                event.eventId().toString(),
                EnvelopeV1.type(event),
                EnvelopeV1.digits(event.position()),
                render(event, metadata));
    }

    /**
     * Reads what {@link #record} made, of any installation.
     *
     * @param key the record's key
     * @param value the record's value
     * @throws IllegalArgumentException when the bytes are not such an event, or this release does not know its type
     */
    public ReceivedEvent read(String key, byte[] value) {
        return reader.read(key, value);
    }

    private byte[] render(StoredEvent event, EventMetadata metadata) {
        return switch (event.envelopeVersion()) {
            case 1 -> EnvelopeV1.render(source, event, metadata);
            default ->
                throw new IllegalArgumentException("Expected an envelope version from 1 to " + CURRENT_VERSION
                        + ", but position " + event.position() + " has " + event.envelopeVersion() + ".");
        };
    }
}
