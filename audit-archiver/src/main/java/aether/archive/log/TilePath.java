package aether.archive.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a hash tile or an entry bundle is found.
 *
 * @param level the level of a hash tile, from 0; {@link #ENTRIES} for an entry bundle
 * @param index the number of the tile within its level
 * @param width how many hashes or entries it holds, {@link #FULL} when complete
 */
public record TilePath(int level, long index, int width) {

    /** How many hashes a complete tile has, and how many entries a complete bundle. */
    public static final int FULL = 256;

    /** The level that stands for entry bundles. */
    public static final int ENTRIES = -1;

    /** 256^7 is the highest power of 256 that fits a long: no tree needs a level above it. */
    private static final int MAX_LEVEL = 7;

    private static final int BITS_PER_LEVEL = 8;
    private static final Pattern SHAPE =
            Pattern.compile("tile/(entries|\\d{1,2})/(" + TileIndex.SHAPE + ")(\\.p/(\\d{1,3}))?");

    /** Refuses coordinates that no tree has. */
    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("Expected a tile of a tree, but got level " + level + ", index " + index
                    + ", width " + width + ".");
        }
    }

    /** The bundle with {@code width} entries. */
    public static TilePath entries(long index, int width) {
        return new TilePath(ENTRIES, index, width);
    }

    /** The tile or bundle that a path names, or nothing when it names something else. */
    public static Optional<TilePath> parse(String path) {
        Matcher shape = SHAPE.matcher(path);
        if (!shape.matches()) {
            return Optional.empty();
        }
        int level = shape.group(1).equals("entries") ? ENTRIES : Integer.parseInt(shape.group(1));
        int width = shape.group(5) == null ? FULL : Integer.parseInt(shape.group(5));
        if (level > MAX_LEVEL || width < 1 || width > FULL) {
            return Optional.empty();
        }
        TilePath tile = new TilePath(level, TileIndex.parse(shape.group(2)), width);
        return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
    }

    /**
     * How many complete hashes a tree of {@code size} has at a level: entries at level 0, full tiles of the level below
     * above it.
     */
    public static long hashesAt(int level, long size) {
        return level <= 0 ? size : size >>> (BITS_PER_LEVEL * level);
    }

    /** The partial bundle and the partial tiles of a tree of {@code size}; empty widths are left out. */
    public static List<TilePath> partials(long size) {
        List<TilePath> partials = new ArrayList<>();
        for (int level = ENTRIES; level <= MAX_LEVEL; level++) {
            long hashes = hashesAt(level, size);
            int width = (int) (hashes % FULL);
            if (width > 0) {
                partials.add(new TilePath(level, hashes / FULL, width));
            }
        }
        return partials;
    }

    /** Whether nothing will ever be added to it. */
    public boolean isFull() {
        return width == FULL;
    }

    /** The complete tile that replaces this one some day. */
    public TilePath full() {
        return new TilePath(level, index, FULL);
    }

    /** The path below the log's prefix. */
    public String path() {
        return isFull() ? stem() : partialPrefix() + width;
    }

    /** What the paths of all partial forms of this tile begin with. */
    public String partialPrefix() {
        return stem() + ".p/";
    }

    /** The index in the form that paths use. */
    public String indexPath() {
        return TileIndex.format(index);
    }

    private String stem() {
        return "tile/" + (level == ENTRIES ? "entries" : level) + "/" + indexPath();
    }
}
