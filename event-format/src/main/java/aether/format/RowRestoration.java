package aether.format;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

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
    /** By the first position from which on the rows are of an installation; one entry unless the log moved house. */
    private final NavigableMap<Long, Envelope> from = new TreeMap<>();

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
                remember(row.position(), envelope);
                return row;
            }
        }
        throw new IllegalArgumentException("Expected a row that renders to the archived bytes, but byte "
                + Arrays.mismatch(nearest, cloudEvent) + " of " + cloudEvent.length + " differs.");
    }

    /**
     * The CloudEvent of a row, as its installation rendered it.
     *
     * @throws IllegalArgumentException when no row before or at its position was restored here
     */
    public byte[] render(StoredEvent row) {
        Map.Entry<Long, Envelope> envelope = from.floorEntry(row.position());
        if (envelope == null) {
            throw new IllegalArgumentException(
                    "Expected a row that was restored before, but position " + row.position() + " was not.");
        }
        return envelope.getValue().render(row);
    }

    private void remember(long position, Envelope envelope) {
        Map.Entry<Long, Envelope> before = from.floorEntry(position);
        if (before == null || !before.getValue().equals(envelope)) {
            from.put(position, envelope);
        }
    }
}
