package aether.archive.log;

import java.nio.ByteBuffer;
import java.util.List;

/** The bytes of an entry bundle: each entry behind its length in two bytes, high byte first. */
public final class EntryBundle {

    /** The format has two bytes for the length: nothing longer can ever be logged. */
    public static final int MAX_ENTRY_BYTES = 65_535;

    private EntryBundle() {}

    /** The bundle of the entries. */
    public static byte[] encode(List<byte[]> entries) {
        if (entries.size() > TilePath.FULL) {
            throw new IllegalArgumentException("Expected at most 256 entries, but got " + entries.size() + ".");
        }
        ByteBuffer bundle = ByteBuffer.allocate(
                entries.stream().mapToInt(entry -> Short.BYTES + entry.length).sum());
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException(
                        "Expected an entry of at most 65535 bytes, but it has " + entry.length + ".");
            }
            bundle.putShort((short) entry.length).put(entry);
        }
        return bundle.array();
    }

    /** The entries of the bundle. */
    public static List<byte[]> decode(byte[] bundle) {
        return BundleView.of(bundle).entries();
    }
}
