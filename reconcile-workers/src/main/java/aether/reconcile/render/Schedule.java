package aether.reconcile.render;

import aether.domain.cluster.ClusterId;
import java.util.regex.Pattern;

/**
 * When something is done, as cron has it.
 *
 * @param cron five fields; a minute of {@code H} is another one for each cluster, so that not all begin at once
 */
public record Schedule(String cron) {

    private static final Pattern FIVE_FIELDS =
            Pattern.compile("(H|[0-9*/,-]+) [0-9*/,-]+ [0-9*/,-]+ [A-Z0-9*/,-]+ [A-Z0-9*/,-]+");

    private static final int MINUTES = 60;

    public Schedule {
        if (!FIVE_FIELDS.matcher(cron).matches()) {
            throw new IllegalArgumentException("Expected five fields of cron with one space between, the first perhaps"
                    + " H, but got " + cron.length() + " characters that are not.");
        }
    }

    /** The line for one cluster, always the same. */
    public String of(ClusterId cluster) {
        return cron.startsWith("H ") ? Math.floorMod(cluster.toString().hashCode(), MINUTES) + cron.substring(1) : cron;
    }
}
