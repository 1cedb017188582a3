package aether.benchmarks;

import aether.format.EventCodec;
import aether.format.EventMetadata;
import java.nio.charset.StandardCharsets;

/** Bytes of typical size that cost nothing to make, where the log alone is measured. */
final class FixedCodec implements EventCodec {

    private static final Encoded EVENT =
            new Encoded("thing.happened", 1, "x".repeat(150).getBytes(StandardCharsets.UTF_8));

    private static final byte[] METADATA = "x".repeat(58).getBytes(StandardCharsets.UTF_8);

    @Override
    public Encoded encode(Object event) {
        return EVENT;
    }

    @Override
    public Object decode(String type, int revision, byte[] payload) {
        return payload;
    }

    @Override
    public byte[] encodeMetadata(EventMetadata metadata) {
        return METADATA;
    }

    @Override
    public EventMetadata decodeMetadata(byte[] metadata) {
        return new EventMetadata("platform", "bench", null, null, null, null, null, null, null, null, 0);
    }
}
