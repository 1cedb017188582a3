package aether.archive.seal;

import aether.archive.log.TilePath;
import aether.archive.read.KeptFor;
import java.util.Locale;

/** The names of everything in the archive that is not a tile. */
public final class ArchiveKeys {

    /** The one object that is overwritten. */
    public static final String CHECKPOINT = "checkpoint";

    /** What all seals begin with. */
    public static final String SEALS = "seals/";

    /** What the policies of retention begin with. */
    static final String POLICIES = KeptFor.POLICIES;

    private ArchiveKeys() {}

    /** The policy of this number, four digits so that they sort. */
    static String policy(int number) {
        return POLICIES + String.format(Locale.ROOT, "%04d", number) + ".json";
    }

    /** The seal at a size. */
    public static String seal(long size) {
        return SEALS + digits(size) + ".json";
    }

    /** The sealed checkpoint of a size. */
    public static String checkpoint(long size) {
        return "checkpoints/" + digits(size);
    }

    /** The entries from {@code start} on, until the bundle they belong to is complete. */
    public static String staged(long start) {
        return stagedBundle(start / TilePath.FULL) + digits(start);
    }

    /** What all staged entries of one bundle begin with. */
    public static String stagedBundle(long bundle) {
        return "staged/" + TilePath.entries(bundle, TilePath.FULL).indexPath() + "/";
    }

    private static String digits(long number) {
        return String.format(Locale.ROOT, "%020d", number);
    }
}
