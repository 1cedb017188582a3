package aether.archive.seal;

import aether.archive.log.Hash;
import aether.archive.log.TilePath;
import aether.archive.log.TileReader;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The hashes of the log: complete tiles from the store, the incomplete ones from the tail. */
final class LogTiles implements TileReader {

    /** Repeats from Kafka come in order but from several partitions: a few tiles (8 KiB each) serve them all. */
    private static final int CACHED_TILES = 32;

    private final WormStore worm;
    private final Supplier<LogTail> tail;
    private final Map<TilePath, List<Hash>> cache = new LinkedHashMap<>(CACHED_TILES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath, List<Hash>> eldest) {
            return size() > CACHED_TILES;
        }
    };

    LogTiles(WormStore worm, Supplier<LogTail> tail) {
        this.worm = worm;
        this.tail = tail;
    }

    @Override
    public List<Hash> hashes(TilePath tile) {
        LogTail now = tail.get();
        if (tile.index() == TilePath.hashesAt(tile.level(), now.size()) / TilePath.FULL) {
            return now.edge().partial(tile.level());
        }
        List<Hash> cached = cache.get(tile.full());
        if (cached == null) {
            cached = read(tile.full());
            cache.put(tile.full(), cached);
        }
        return cached;
    }

    private List<Hash> read(TilePath tile) {
        try {
            Optional<byte[]> bytes = worm.get(tile.path());
            return Hash.split(bytes.orElseThrow(
                    () -> new IllegalStateException("Expected " + tile.path() + ", but it is missing.")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
