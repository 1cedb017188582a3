package aether.archive.log;

import java.util.ArrayList;
import java.util.List;

/** Builds proofs from tiles: it reads only the tiles on the way. */
public final class ProofBuilder {

    private static final int BITS_PER_LEVEL = 8;

    private final TileReader tiles;
    private final long size;

    /** Builds proofs for the tree of {@code size} that the tiles hold. */
    public ProofBuilder(TileReader tiles, long size) {
        this.tiles = tiles;
        this.size = size;
    }

    /** The root of the tree. */
    public Hash root() {
        return size == 0 ? MerkleTree.emptyRoot() : subtree(0, size);
    }

    /** That the leaf stands at {@code index}. */
    public InclusionProof inclusion(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("Expected an index below " + size + ", but got " + index + ".");
        }
        List<Hash> hashes = new ArrayList<>();
        inclusion(index, 0, size, hashes);
        return new InclusionProof(index, size, hashes);
    }

    private void inclusion(long index, long start, long end, List<Hash> hashes) {
        if (end - start == 1) {
            return;
        }
        long split = start + MerkleTree.splitPoint(end - start);
        if (index < split) {
            inclusion(index, start, split, hashes);
            hashes.add(subtree(split, end));
        } else {
            inclusion(index, split, end, hashes);
            hashes.add(subtree(start, split));
        }
    }

    /** That this tree begins with its own first {@code oldSize} leaves. */
    public ConsistencyProof consistency(long oldSize) {
        if (oldSize < 1 || oldSize > size) {
            throw new IllegalArgumentException("Expected an old size of 1 to " + size + ", but got " + oldSize + ".");
        }
        List<Hash> hashes = new ArrayList<>();
        consistency(oldSize, 0, size, true, hashes);
        return new ConsistencyProof(oldSize, size, hashes);
    }

    private void consistency(long oldEnd, long start, long end, boolean known, List<Hash> hashes) {
        if (oldEnd == end) {
            if (!known) {
                hashes.add(subtree(start, end));
            }
            return;
        }
        long split = start + MerkleTree.splitPoint(end - start);
        if (oldEnd <= split) {
            consistency(oldEnd, start, split, known, hashes);
            hashes.add(subtree(split, end));
        } else {
            consistency(oldEnd, split, end, false, hashes);
            hashes.add(subtree(start, split));
        }
    }

    private Hash subtree(long start, long end) {
        long count = end - start;
        if (Long.bitCount(count) == 1) {
            return perfect(start, count);
        }
        long split = start + MerkleTree.splitPoint(count);
        return MerkleTree.node(subtree(start, split), subtree(split, end));
    }

    private Hash perfect(long start, long count) {
        int height = Long.numberOfTrailingZeros(count);
        int level = height / BITS_PER_LEVEL;
        int first = (int) ((start >>> (BITS_PER_LEVEL * level)) % TilePath.FULL);
        long index = (start >>> (BITS_PER_LEVEL * level)) / TilePath.FULL;
        int span = 1 << (height % BITS_PER_LEVEL);
        long held = TilePath.hashesAt(level, size) - index * TilePath.FULL;
        TilePath tile = new TilePath(level, index, (int) Math.min(held, TilePath.FULL));
        return MerkleTree.root(tiles.hashes(tile).subList(first, first + span));
    }
}
