package aether.archive.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** All that a writer must know of a tree to go on: per level the hashes of the right-most, not yet complete tile. */
public final class RightEdge {

    private final List<List<Hash>> levels;
    private long size;

    private RightEdge(List<List<Hash>> levels, long size) {
        this.levels = levels;
        this.size = size;
    }

    /** The edge of the empty tree. */
    public static RightEdge empty() {
        return new RightEdge(new ArrayList<>(), 0);
    }

    /**
     * The edge of a tree of {@code size} whose incomplete tiles are known.
     *
     * @param partialTiles the hashes of the incomplete tile of every level, from level 0, empty where the width is 0
     */
    public static RightEdge of(long size, List<List<Hash>> partialTiles) {
        List<List<Hash>> levels = new ArrayList<>();
        for (int level = 0; level < partialTiles.size(); level++) {
            int expected = (int) (TilePath.hashesAt(level, size) % TilePath.FULL);
            List<Hash> hashes = partialTiles.get(level);
            if (hashes.size() != expected) {
                throw new IllegalArgumentException("Expected " + expected + " hashes at level " + level
                        + " of a tree of " + size + ", but got " + hashes.size() + ".");
            }
            levels.add(new ArrayList<>(hashes));
        }
        if (TilePath.hashesAt(levels.size(), size) > 0) {
            throw new IllegalArgumentException(
                    "Expected all levels of a tree of " + size + ", but got " + levels.size() + ".");
        }
        return new RightEdge(levels, size);
    }

    /** A copy that can be tried out without touching this one. */
    public RightEdge copy() {
        return of(size, levels);
    }

    /** Adds a leaf; every tile that becomes complete is handed over, lowest level first. */
    public void append(Hash leaf, BiConsumer<TilePath, byte[]> completed) {
        size++;
        add(0, leaf, completed);
    }

    /**
     * Adds a complete tile of leaves at once; the last tile must be complete.
     *
     * @param root the root over the leaves, which the caller has derived already, as it has their tile
     */
    public void appendTile(Hash root, BiConsumer<TilePath, byte[]> completed) {
        if (size % TilePath.FULL != 0) {
            throw new IllegalArgumentException("Expected complete tiles only, but the size is " + size + ".");
        }
        completeTile(root, completed);
    }

    /**
     * Completes the last tile of leaves, or adds one if it is complete; tiles above it that become complete are handed
     * over.
     *
     * @param root the root over all leaves of that tile, which the caller has derived already, as it has the tile
     */
    public void completeTile(Hash root, BiConsumer<TilePath, byte[]> completed) {
        size = (size / TilePath.FULL + 1) * TilePath.FULL;
        if (levels.isEmpty()) {
            levels.add(new ArrayList<>());
        }
        levels.getFirst().clear();
        add(1, root, completed);
    }

    private void add(int level, Hash hash, BiConsumer<TilePath, byte[]> completed) {
        if (levels.size() == level) {
            levels.add(new ArrayList<>());
        }
        List<Hash> tile = levels.get(level);
        tile.add(hash);
        if (tile.size() == TilePath.FULL) {
            long index = TilePath.hashesAt(level, size) / TilePath.FULL - 1;
            completed.accept(new TilePath(level, index, TilePath.FULL), Hash.concatenate(tile));
            Hash root = MerkleTree.root(tile);
            tile.clear();
            add(level + 1, root, completed);
        }
    }

    /** The number of leaves. */
    public long size() {
        return size;
    }

    /** The root of the whole tree, folded from the edge alone. */
    public Hash root() {
        return fold(levels, List.of());
    }

    /** What the root would be with the first leaves of the next tile, whose own root is given. */
    public Hash rootWith(Hash nextLeaves) {
        if (size % TilePath.FULL != 0) {
            throw new IllegalArgumentException("Expected complete tiles only, but the size is " + size + ".");
        }
        return fold(levels.isEmpty() ? levels : levels.subList(1, levels.size()), List.of(nextLeaves));
    }

    private static Hash fold(List<List<Hash>> levels, List<Hash> below) {
        List<Hash> folded = below;
        for (List<Hash> level : levels) {
            List<Hash> here = new ArrayList<>(level);
            here.addAll(folded);
            folded = here.isEmpty() ? List.of() : List.of(MerkleTree.root(here));
        }
        return folded.isEmpty() ? MerkleTree.emptyRoot() : folded.getFirst();
    }

    /** The hashes of the incomplete tile of a level, perhaps none. */
    public List<Hash> partial(int level) {
        return level < levels.size() ? List.copyOf(levels.get(level)) : List.of();
    }
}
