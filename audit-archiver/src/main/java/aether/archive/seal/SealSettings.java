package aether.archive.seal;

import java.time.Duration;

/**
 * How often the log is sealed and for how long its objects are locked.
 *
 * @param entriesPerSeal a seal is due after this many entries at the latest
 * @param publishEvery the live checkpoint is renewed this often when there is something new
 * @param sealEvery a locked seal is made this often when there is something new
 * @param retention how long everything that makes up the log stays locked
 * @param partialRetention how long partial tiles and staged entries stay locked, renewed while they are needed
 * @param classes what is kept for another time than the rest
 */
public record SealSettings(
        int entriesPerSeal,
        Duration publishEvery,
        Duration sealEvery,
        Duration retention,
        Duration partialRetention,
        RetentionClasses classes) {

    /** Seven years hold at most two leap days; 90 days are the margin for a fiscal year that ends late. */
    private static final Duration SEVEN_YEARS_AND_MARGIN = Duration.ofDays(7 * 365 + 2 + 90);

    /** The house's values. */
    public static final SealSettings DEFAULTS = new SealSettings(
            256, Duration.ofSeconds(1), Duration.ofSeconds(60), SEVEN_YEARS_AND_MARGIN, Duration.ofDays(30));

    /** Refuses values that make no sense. */
    public SealSettings {
        if (entriesPerSeal < 1) {
            throw new IllegalArgumentException("Expected at least 1 entry per seal, but got " + entriesPerSeal + ".");
        }
        requirePositive("publish interval", publishEvery);
        requirePositive("seal interval", sealEvery);
        requirePositive("partial retention", partialRetention);
        if (retention.compareTo(partialRetention) < 0) {
            throw new IllegalArgumentException("Expected the log to be locked at least as long as its partial tiles ("
                    + partialRetention + "), but got " + retention + ".");
        }
    }

    /** Settings by which everything is kept equally long. */
    public SealSettings(
            int entriesPerSeal,
            Duration publishEvery,
            Duration sealEvery,
            Duration retention,
            Duration partialRetention) {
        this(entriesPerSeal, publishEvery, sealEvery, retention, partialRetention, RetentionClasses.NONE);
    }

    /** The same with classes of retention. */
    public SealSettings with(RetentionClasses kept) {
        return new SealSettings(entriesPerSeal, publishEvery, sealEvery, retention, partialRetention, kept);
    }

    /** How long what proves entries is kept: as long as any entry. */
    Duration longest() {
        return classes.longest(retention);
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("Expected a positive " + name + ", but got " + duration + ".");
        }
    }
}
