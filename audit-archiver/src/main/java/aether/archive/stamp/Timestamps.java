package aether.archive.stamp;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of timestamps in an archive: the size of the checkpoint that was stamped. */
public final class Timestamps {

    /** What all timestamps begin with. */
    public static final String PREFIX = "timestamps/";

    private static final Pattern NAME = Pattern.compile("timestamps/(\\d{20})\\.tsr");

    private Timestamps() {}

    /** The timestamp of the checkpoint of a size. */
    public static String key(long size) {
        return String.format(Locale.ROOT, PREFIX + "%020d.tsr", size);
    }

    /** The size of the checkpoint that this timestamp is about; nothing when it is not the name of one. */
    public static OptionalLong size(String key) {
        Matcher name = NAME.matcher(key);
        try {
            return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // 20 digits can say more than any log will hold
        }
    }
}
