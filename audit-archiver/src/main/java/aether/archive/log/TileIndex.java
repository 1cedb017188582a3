package aether.archive.log;

import java.util.Locale;
import java.util.regex.Pattern;

/** How tlog-tiles writes a tile's index: groups of three digits, all but the last with a leading x. */
final class TileIndex {

    private static final int GROUP = 1000;
    static final Pattern SHAPE = Pattern.compile("(x\\d{3}/)*\\d{3}");

    private TileIndex() {}

    static String format(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("Expected a tile index of at least 0, but got " + index + ".");
        }
        StringBuilder path = new StringBuilder(digits(index % GROUP));
        for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
            path.insert(0, "x" + digits(rest % GROUP) + "/");
        }
        return path.toString();
    }

    static long parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("Expected an index such as x001/234, but got " + text + ".");
        }
        long index = Long.parseLong(text.replace("x", "").replace("/", ""));
        if (!format(index).equals(text)) {
            throw new IllegalArgumentException("Expected an index without leading groups of zeros, but got " + text);
        }
        return index;
    }

    private static String digits(long group) {
        return String.format(Locale.ROOT, "%03d", group);
    }
}
