package aether.archive.log;

import java.util.List;

/** The hashes of RFC 6962: how a leaf, a node and a whole tree are hashed. */
public final class MerkleTree {

    private static final byte LEAF_PREFIX = 0;
    private static final byte NODE_PREFIX = 1;
    private static final Hash EMPTY_ROOT = Hash.sha256();

    private MerkleTree() {}

    /** The hash of an entry as a leaf. */
    public static Hash leaf(byte[] entry) {
        byte[] leaf = new byte[Hash.BYTES];
        leaf(entry, 0, entry.length, leaf, 0);
        return Hash.of(leaf);
    }

    /** The same of an entry where it lies, to where it is wanted. */
    static void leaf(byte[] bytes, int from, int length, byte[] leaves, int at) {
        Hash.leaf(LEAF_PREFIX, bytes, from, length, leaves, at);
    }

    /** The hash of a node over its children. */
    public static Hash node(Hash left, Hash right) {
        return Hash.node(NODE_PREFIX, left, right);
    }

    /** The root of a tree without entries. */
    public static Hash emptyRoot() {
        return EMPTY_ROOT;
    }

    /** The Merkle tree hash over the leaf hashes, word for word as RFC 6962 defines it. */
    public static Hash root(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return EMPTY_ROOT;
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = (int) splitPoint(leaves.size());
        return node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }

    /** The same over a complete tile, as it lies in the archive. */
    public static Hash rootOfTile(byte[] tile) {
        if (tile.length != TilePath.FULL * Hash.BYTES) {
            throw new IllegalArgumentException("Expected a complete tile, but got " + tile.length + " bytes.");
        }
        return Hash.rootOfTile(NODE_PREFIX, tile);
    }

    /** The largest power of two smaller than {@code size}, which is at least 2. */
    static long splitPoint(long size) {
        return Long.highestOneBit(size - 1);
    }
}
