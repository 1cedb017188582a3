package aether.archive.read;

import aether.archive.log.Hash;
import aether.archive.log.TilePath;
import aether.archive.log.TileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tiles of an archive, of which it keeps the ones used last. One thread uses it. */
public final class TileCache implements TileReader {

    /** A proof in a tree of 2^64 entries visits 8 levels with at most 2 tiles each; 8 KiB a tile. */
    private static final int CACHED_TILES = 64;

    private final ArchiveReader archive;
    private final Map<TilePath, List<Hash>> tiles = new LinkedHashMap<>(CACHED_TILES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath, List<Hash>> eldest) {
            return size() > CACHED_TILES;
        }
    };

    /** The tiles of this archive. */
    public TileCache(ArchiveReader archive) {
        this.archive = archive;
    }

    /** @throws UncheckedIOException when the archive cannot be read */
    @Override
    public List<Hash> hashes(TilePath tile) {
        List<Hash> known = tiles.get(tile);
        if (known != null) {
            return known;
        }
        List<Hash> hashes = read(tile);
        tiles.put(tile, hashes);
        return hashes;
    }

    private List<Hash> read(TilePath tile) {
        try {
            List<Hash> hashes = Hash.split(bytes(tile));
            if (hashes.size() < tile.width()) {
                throw new IllegalStateException("Expected " + tile.width() + " hashes in " + tile.path()
                        + ", but there are " + hashes.size() + ".");
            }
            return hashes;
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The tile " + tile.path() + " is unreadable. " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A partial tile may be gone once the complete one is there. */
    private byte[] bytes(TilePath tile) throws IOException {
        Optional<byte[]> partial = archive.read(tile.path());
        Optional<byte[]> either = partial.isPresent() || tile.isFull()
                ? partial
                : archive.read(tile.full().path());
        return either.orElseThrow(
                () -> new IllegalStateException("Expected " + tile.full().path() + ", but it is missing."));
    }
}
