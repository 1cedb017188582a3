package aether.archive.log;

import java.util.List;

/** Where proofs get their hashes from. */
@FunctionalInterface
public interface TileReader {

    /**
     * The hashes of the tile; more than its width when the complete tile was found instead.
     *
     * @throws IllegalStateException when the tile is not there
     */
    List<Hash> hashes(TilePath tile);
}
