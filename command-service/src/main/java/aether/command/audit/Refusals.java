package aether.command.audit;

import aether.command.access.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which refusals are entered one by one and which are only counted (law 7). In any minute at most
 * {@link #ENTERED_IN_ALL} entries and {@link #CALLERS} summaries follow, whoever asks how often.
 */
public final class Refusals {

    /** Enough to see what somebody tries. */
    static final int ENTERED_PER_CALLER = 5;

    /** Seven years of this are 200 million entries: much, but no danger. */
    static final int ENTERED_IN_ALL = 50;

    /** Callers counted apart; the rest share one count. */
    static final int CALLERS = 50;

    /** The caller that stands for all others. */
    static final Principal OTHERS = Principal.service("others");

    /** How long is counted before a summary. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;

    private final Map<Principal, Count> counts = new HashMap<>();

    private int entered;

    private Instant windowStart;

    /** Counts by a clock. */
    public Refusals(Clock clock) {
        this.clock = clock;
        this.windowStart = clock.instant();
    }

    /** So many refusals of a caller were left out between two times. */
    public record Summary(Principal caller, long count, Instant since, Instant until) {}

    private static final class Count {
        private int entered;
        private long leftOut;
        private @Nullable Instant since;
        private Instant until;

        Count(Instant now) {
            this.until = now;
        }
    }

    /** Whether this refusal is entered by itself; else it is counted. */
    public synchronized boolean isToBeEntered(Principal caller) {
        Count count = count(caller);
        if (count.entered < ENTERED_PER_CALLER && entered < ENTERED_IN_ALL) {
            count.entered++;
            entered++;
            return true;
        }
        leave(count);
        return false;
    }

    /** Counts a refusal that was to be entered and could not. */
    public synchronized void leftOut(Principal caller) {
        leave(count(caller));
    }

    /** What to summarize now: everything once the window is over, nothing before. */
    public synchronized List<Summary> due() {
        Instant now = clock.instant();
        // A clock that was set back must not keep the window open for ever.
        boolean over = now.isBefore(windowStart) || !now.isBefore(windowStart.plus(WINDOW));
        return over ? all() : List.of();
    }

    /** Everything that is counted; the window begins anew. */
    public synchronized List<Summary> all() {
        List<Summary> summaries = new ArrayList<>();
        for (Iterator<Map.Entry<Principal, Count>> entries = counts.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<Principal, Count> entry = entries.next();
            Count count = entry.getValue();
            if (count.since != null) {
                summaries.add(new Summary(entry.getKey(), count.leftOut, count.since, count.until));
            }
            entries.remove();
        }
        entered = 0;
        windowStart = clock.instant();
        return summaries;
    }

    private Count count(Principal caller) {
        Principal counted = counts.containsKey(caller) || counts.size() < CALLERS ? caller : OTHERS;
        return counts.computeIfAbsent(counted, ignored -> new Count(clock.instant()));
    }

    private void leave(Count count) {
        count.leftOut++;
        count.until = clock.instant();
        if (count.since == null) {
            count.since = count.until;
        }
    }
}
