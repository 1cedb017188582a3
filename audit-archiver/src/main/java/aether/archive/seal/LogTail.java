package aether.archive.seal;

import aether.archive.log.EntryBundle;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.RightEdge;
import aether.archive.log.TilePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The end of the log that is still in motion; it never changes, growing gives a new one.
 *
 * @param edge the incomplete tiles
 * @param open the entries of the incomplete bundle
 */
record LogTail(RightEdge edge, List<byte[]> open) {

    LogTail {
        open = List.copyOf(open);
    }

    /**
     * The tail after growing.
     *
     * @param tail the new tail
     * @param completed what became complete, in the order it is written
     */
    record Growth(LogTail tail, Map<TilePath, byte[]> completed) {}

    /** Adds entries that do not reach beyond the end of the open bundle. */
    Growth grow(List<byte[]> entries) {
        List<byte[]> bundle = new ArrayList<>(open);
        bundle.addAll(entries);
        Map<TilePath, byte[]> completed = new LinkedHashMap<>();
        boolean full = bundle.size() == TilePath.FULL;
        if (full) {
            completed.put(TilePath.entries(edge.size() / TilePath.FULL, TilePath.FULL), EntryBundle.encode(bundle));
        }
        RightEdge grown = edge.copy();
        entries.forEach(entry -> grown.append(MerkleTree.leaf(entry), completed::put));
        return new Growth(new LogTail(grown, full ? List.of() : bundle), completed);
    }

    /** How many entries the open bundle still takes. */
    int room() {
        return TilePath.FULL - open.size();
    }

    long size() {
        return edge.size();
    }

    Hash root() {
        return edge.root();
    }

    /** The bytes of the partial tiles and of the partial bundle at this size. */
    Map<TilePath, byte[]> partials() {
        Map<TilePath, byte[]> partials = new LinkedHashMap<>();
        for (TilePath tile : TilePath.partials(size())) {
            partials.put(
                    tile,
                    tile.level() == TilePath.ENTRIES
                            ? EntryBundle.encode(open)
                            : Hash.concatenate(edge.partial(tile.level())));
        }
        return partials;
    }
}
