package aether.embedded.process;

import java.time.Duration;

/** Waiting times that double from a first to a longest one. */
public final class Backoff {

    private static final Duration FIRST =
            Duration.ofMillis(100); // a part that died once is back before anybody times out
    private static final Duration LONGEST =
            Duration.ofSeconds(5); // a part that cannot start costs a start per 5 s, no more

    private Duration next = FIRST;

    /** The time to wait before the next try. */
    public Duration next() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return now;
    }
}
