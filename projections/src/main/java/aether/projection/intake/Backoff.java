package aether.projection.intake;

import java.time.Duration;

/** How long to wait before the next try: doubling, bounded, and from the start again after success. */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(250);

    /** What is away for long is looked for this often. */
    private static final Duration MOST = Duration.ofSeconds(5);

    private Duration next = FIRST;

    Duration next() {
        Duration now = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(MOST) < 0 ? doubled : MOST;
        return now;
    }

    void reset() {
        next = FIRST;
    }
}
