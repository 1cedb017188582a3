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
        return of(bundle, bundle.length);
    }

    /** The same of a bundle that is the first {@code end} of these bytes. */
    public static BundleView of(byte[] bundle, int end) {
        int[] starts = new int[TilePath.FULL + 1];
        int count = 0;
        int at = 0;
        while (at < end) {
            if (end - at < Short.BYTES) {
                throw new IllegalArgumentException("Expected a length at byte " + at + ", but the bundle ends.");
            }
            int length = ((bundle[at] & 0xff) << Byte.SIZE) | (bundle[at + 1] & 0xff);
            int from = at + Short.BYTES;
            if (end - from < length || count == TilePath.FULL) {
                throw new IllegalArgumentException("Expected at most 256 whole entries, but byte " + at + " announces "
                        + length + " bytes and " + (end - from) + " are left.");
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
        byte[] leaf = new byte[Hash.BYTES];
        leaf(index, leaf, 0);
        return Hash.of(leaf);
    }

    /** The hashes of all entries as leaves, one after the other, as a tile keeps them. */
    public byte[] leaves() {
        byte[] leaves = new byte[size() * Hash.BYTES];
        for (int i = 0; i < size(); i++) {
            leaf(i, leaves, i * Hash.BYTES);
        }
        return leaves;
    }

    private void leaf(int index, byte[] leaves, int at) {
        int from = starts[index] + Short.BYTES;
        MerkleTree.leaf(bytes, from, starts[index + 1] - from, leaves, at);
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
