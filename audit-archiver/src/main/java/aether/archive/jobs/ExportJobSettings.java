package aether.archive.jobs;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How exports are kept.
 *
 * @param directory where files and notes lie; outside the archive, on a disk with room for them
 * @param keep how long a finished file may be fetched
 * @param perOrganization how many an organization may have at once, finished ones included
 * @param total how many there may be of all organizations
 */
public record ExportJobSettings(Path directory, Duration keep, int perOrganization, int total) {

    /** A week: an auditor's colleague may be on holiday, and a copy of the trail should not lie about for longer. */
    private static final Duration WEEK = Duration.ofDays(7);

    /** A quarter has twelve weeks; who asks for more at once wants one export of everything. */
    private static final int PER_ORGANIZATION = 12;

    /** With files of some hundred megabytes, what fits an ordinary disk. */
    private static final int TOTAL = 500;

    /** Refuses what could hold nothing. */
    public ExportJobSettings {
        if (keep.isNegative() || keep.isZero() || perOrganization < 1 || total < perOrganization) {
            throw new IllegalArgumentException("Expected exports to be kept for some time, and at least one for each"
                    + " organization, but got " + keep + ", " + perOrganization + " and " + total + " in all.");
        }
    }

    /** The house's values. */
    public static ExportJobSettings in(Path directory) {
        return new ExportJobSettings(directory, WEEK, PER_ORGANIZATION, TOTAL);
    }
}
