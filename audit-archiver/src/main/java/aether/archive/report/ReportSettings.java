package aether.archive.report;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the archiver reports, and when.
 *
 * @param outbox the directory in which reports wait until the log has them
 * @param silence after how long without an entry it gives a sign of life
 * @param every how often event log and archive are compared
 */
public record ReportSettings(Path outbox, Duration silence, Duration every) {

    /** Shorter than anybody's patience with a silent audit trail; a quiet year costs 105,000 entries. */
    public static final Duration SILENCE = Duration.ofMinutes(5);

    /** As the audit design wants it. */
    public static final Duration EVERY = Duration.ofHours(1);

    /** Refuses values that make no sense. */
    public ReportSettings {
        if (silence.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("Expected heartbeats and comparisons at least a second apart, but got "
                    + silence + " and " + every + ".");
        }
    }

    /** The house's values. */
    public static ReportSettings of(Path outbox) {
        return new ReportSettings(outbox, SILENCE, EVERY);
    }
}
