package aether.archive.read;

import aether.archive.log.Hash;
import aether.archive.log.RightEdge;
import aether.archive.log.TilePath;
import aether.archive.log.TileReader;
import java.util.ArrayList;
import java.util.List;

/** The edge of the log as it was at a size, from tiles of a larger one alone: what lies below it is not needed. */
public final class Frontier {

    private Frontier() {}

    /**
     * The edge.
     *
     * @param at the size, a multiple of 256
     * @param size the size of the log whose tiles are read, at least as large
     * @throws IllegalStateException when a tile is missing
     */
    public static RightEdge at(long at, long size, TileReader tiles) {
        List<List<Hash>> levels = new ArrayList<>();
        for (int level = 0; TilePath.hashesAt(level, at) > 0; level++) {
            int width = (int) (TilePath.hashesAt(level, at) % TilePath.FULL);
            if (width == 0) {
                levels.add(List.of());
                continue;
            }
            long index = TilePath.hashesAt(level, at) / TilePath.FULL;
            int held = (int) Math.min(TilePath.FULL, TilePath.hashesAt(level, size) - index * TilePath.FULL);
            levels.add(tiles.hashes(new TilePath(level, index, held)).subList(0, width));
        }
        return RightEdge.of(at, levels);
    }
}
