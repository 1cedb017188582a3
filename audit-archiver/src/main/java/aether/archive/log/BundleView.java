package aether.archive.log;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The entries of a bundle where they lie: nothing is copied before someone asks for it. */
public final class BundleView {

    private final byte[] bytes;
    private final int[] starts; // of each entry's length field, and the end

    private BundleView(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /**
     * The entries of a bundle; the bytes must not change afterwards.
     *
     * @throws IllegalArgumentException when these are not at most 256 whole entries
     */
    public static BundleView of(byte[] bundle) {
        int[] starts = new int[TilePath.FULL + 1];
        int count = 0;
        int at = 0;
        while (at < bundle.length) {
            if (bundle.length - at < Short.BYTES) {
                throw new IllegalArgumentException("Expected a length at byte " + at + ", but the bundle ends.");
            }
            int length = ((bundle[at] & 0xff) << Byte.SIZE) | (bundle[at + 1] & 0xff);
            int from = at + Short.BYTES;
            if (bundle.length - from < length || count == TilePath.FULL) {
                throw new IllegalArgumentException("Expected at most 256 whole entries, but byte " + at + " announces "
                        + length + " bytes and " + (bundle.length - from) + " are left.");
            }
            starts[count++] = at;
            at = from + length;
        }
        starts[count] = at;
        return new BundleView(bundle, Arrays.copyOf(starts, count + 1));
    }

    /** How many entries there are. */
    public int size() {
        return starts.length - 1;
    }

    /** The first entries alone. */
    public BundleView first(int count) {
        return count == size() ? this : new BundleView(bytes, Arrays.copyOf(starts, count + 1));
    }

    /** The hash of an entry as a leaf. */
    public Hash leaf(int index) {
        int from = starts[index] + Short.BYTES;
        return MerkleTree.leaf(bytes, from, starts[index + 1] - from);
    }

    /** A copy of an entry. */
    public byte[] entry(int index) {
        return Arrays.copyOfRange(bytes, starts[index] + Short.BYTES, starts[index + 1]);
    }

    /** Copies of all entries. */
    public List<byte[]> entries() {
        return IntStream.range(0, size()).mapToObj(this::entry).toList();
    }

    /** The bytes that a bundle of the entries from {@code from} to {@code to - 1} has. */
    public byte[] bytes(int from, int to) {
        return Arrays.copyOfRange(bytes, starts[from], starts[to]);
    }
}
