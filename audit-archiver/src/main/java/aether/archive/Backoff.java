package aether.archive;

import java.time.Duration;

/** How long to wait before the next try: doubling from short to long, short again after a success. */
final class Backoff {

    /** A broker that restarts is back in seconds: the first tries come soon. */
    static final Duration FIRST = Duration.ofMillis(200);

    /** Whoever repairs something should not wait for us. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private Duration next = FIRST;

    Duration next() {
        Duration now = next;
        next = now.multipliedBy(2).compareTo(LONGEST) < 0 ? now.multipliedBy(2) : LONGEST;
        return now;
    }

    void reset() {
        next = FIRST;
    }
}
