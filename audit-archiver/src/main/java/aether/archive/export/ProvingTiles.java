package aether.archive.export;

import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.RightEdge;
import aether.archive.log.TilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which tiles of the log prove a selection of its entries: for each entry the tile with its hash and those above it,
 * and the incomplete tiles at the right edge, which every root is made of. They lie in the export as they do in the
 * archive, so that whoever can read a tlog-tiles log (C2SP) can prove each entry from them.
 */
final class ProvingTiles {

    private ProvingTiles() {}

    /** Where a tile's bytes come from. */
    @FunctionalInterface
    interface Source {
        Optional<byte[]> read(TilePath tile) throws IOException;
    }

    /** The indexes of the tiles at a level that stand above the leaf tiles. */
    private static SortedSet<Long> above(int level, SortedSet<Long> leafTiles) {
        SortedSet<Long> above = new TreeSet<>();
        for (long leafTile : leafTiles) {
            above.add(leafTile >>> (Byte.SIZE * level));
        }
        return above;
    }

    /**
     * All tiles that prove the entries of some leaf tiles in a tree of {@code size}, with the width they have in it.
     *
     * @param leafTiles the numbers of the tiles at level 0 that hold the entries' hashes
     */
    static List<TilePath> proving(SortedSet<Long> leafTiles, long size) {
        List<TilePath> tiles = new ArrayList<>();
        for (int level = 0; TilePath.hashesAt(level, size) > 0; level++) {
            long hashes = TilePath.hashesAt(level, size);
            SortedSet<Long> wanted = above(level, leafTiles);
            long last = hashes / TilePath.FULL;
            if (hashes % TilePath.FULL > 0) {
                wanted.add(last);
            }
            for (long index : wanted) {
                long width = Math.min(TilePath.FULL, hashes - index * TilePath.FULL);
                if (width > 0) {
                    tiles.add(new TilePath(level, index, (int) width));
                }
            }
        }
        return tiles;
    }

    /**
     * Finds what is wrong with the tiles: each complete one must be the hash that the tile above has in its place, and
     * the incomplete ones together must give the root.
     *
     * @return nothing when they all follow from the root, else the first that does not, in a sentence
     */
    static Optional<String> fault(List<TilePath> tiles, long size, Hash root, Source source) throws IOException {
        List<List<Hash>> edge = new ArrayList<>();
        for (int level = 0; TilePath.hashesAt(level, size) > 0; level++) {
            edge.add(List.of());
        }
        for (TilePath tile : tiles) {
            Optional<byte[]> bytes = source.read(tile);
            if (bytes.isEmpty() || bytes.get().length != tile.width() * Hash.BYTES) {
                return Optional.of("Expected " + tile.path() + " with " + tile.width() + " hashes, but there is "
                        + (bytes.isEmpty() ? "none." : "one of " + bytes.get().length + " bytes."));
            }
            List<Hash> hashes = Hash.split(bytes.get());
            if (tile.isFull()) {
                TilePath above = new TilePath(tile.level() + 1, tile.index() / TilePath.FULL, widthAbove(tile, size));
                Optional<byte[]> parent = source.read(above);
                int place = (int) (tile.index() % TilePath.FULL);
                if (parent.isEmpty() || parent.get().length < (place + 1) * Hash.BYTES) {
                    return Optional.of("Expected " + above.path() + " above " + tile.path() + ", but there is none.");
                }
                if (!Hash.split(parent.get()).get(place).equals(MerkleTree.root(hashes))) {
                    return Optional.of("Expected " + tile.path() + " to give hash " + place + " of " + above.path()
                            + ", but it does not.");
                }
            } else {
                edge.set(tile.level(), hashes);
            }
        }
        Hash folded =
                size == 0 ? MerkleTree.emptyRoot() : RightEdge.of(size, edge).root();
        return folded.equals(root)
                ? Optional.empty()
                : Optional.of("Expected the tiles to give the signed root " + root + ", but they give " + folded + ".");
    }

    private static int widthAbove(TilePath tile, long size) {
        long hashes = TilePath.hashesAt(tile.level() + 1, size);
        return (int) Math.min(TilePath.FULL, hashes - tile.index() / TilePath.FULL * TilePath.FULL);
    }
}
