package aether.domain.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A time in which workers look at a cluster and change nothing of it.
 *
 * @param asked as it was last asked for
 * @param drift what was found to have drifted since it began, by object; left as it is until the end
 */
public record ClusterPause(ClusterEvent.ClusterPaused asked, Map<String, String> drift) {

    /** Nobody is away for longer without somebody to say it again; certificates live longer than that. */
    public static final Duration LONGEST = Duration.ofDays(7);

    /** Each is kept for years; whoever changes more than these by hand knows that more has changed. */
    public static final int DRIFTS_MAX = 100;

    public ClusterPause {
        drift = Map.copyOf(drift);
    }

    /** When it ends by itself. */
    public Instant until() {
        return asked.until();
    }

    /** Whether a drift was told already, or so many were that it is not told any more. */
    public boolean isTold(String subject, String found) {
        return found.equals(drift.get(subject)) || drift.size() >= DRIFTS_MAX;
    }

    /** For a person: until when and why, without a period at its end. */
    public String sentence() {
        return asked.sentence();
    }

    ClusterPause withDrift(String subject, String found) {
        Map<String, String> next = new LinkedHashMap<>(drift);
        next.put(subject, found);
        return new ClusterPause(asked, next);
    }
}
