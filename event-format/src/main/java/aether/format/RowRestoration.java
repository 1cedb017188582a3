package aether.format;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns archived CloudEvents back into the rows of the log they were rendered from, and proves each of them by
 * rendering it again. One thread uses it.
 *
 * <p>Two things stand in a row and not in its CloudEvent. The tenant follows from the event by the rule that the writer
 * uses ({@link Concern}); the envelope's version is the one whose rendering gives the archived bytes.
 */
public final class RowRestoration {

    private final EventCodec codec;
    private final EnvelopeReader reader;
    private final Map<String, Envelope> installations = new HashMap<>();

    /** Restores rows whose payloads and metadata this codec reads and writes. */
    public RowRestoration(EventCodec codec) {
        this.codec = codec;
        this.reader = new EnvelopeReader(codec);
    }

    /**
     * The row that a CloudEvent was rendered from.
     *
     * @throws IllegalArgumentException when the bytes are no event that this release knows, or none that it would write
     *     exactly like that
     */
    public StoredEvent row(byte[] cloudEvent) {
        Envelope envelope = installations.computeIfAbsent(
                EnvelopeReader.installation(cloudEvent), installation -> new Envelope(installation, codec));
        byte[] nearest = {};
        for (int version = Envelope.CURRENT_VERSION; version >= 1; version--) {
            StoredEvent row = reader.row(cloudEvent, version);
            nearest = envelope.render(row);
            if (Arrays.equals(nearest, cloudEvent)) {
                return row;
            }
        }
        throw new IllegalArgumentException("Expected a row that renders to the archived bytes, but byte "
                + Arrays.mismatch(nearest, cloudEvent) + " of " + cloudEvent.length + " differs.");
    }
}
