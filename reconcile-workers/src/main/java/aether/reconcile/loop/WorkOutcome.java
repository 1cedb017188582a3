package aether.reconcile.loop;

import java.time.Duration;

/** How one look at one key ended. */
public sealed interface WorkOutcome {

    /** The world is as wanted; nothing to do until something changes, and a watch would tell. */
    record Done() implements WorkOutcome {}

    /** The world is as wanted, but nobody would tell if it changed: every resync has to look. */
    record Unwatched() implements WorkOutcome {}

    /** The world is on its way; look again. */
    record RequeueAfter(String reason, Duration delay) implements WorkOutcome {}

    /** It did not work; look again later, and later still when it fails again. */
    record Failed(String reason) implements WorkOutcome {}

    /** The one value of {@link Done}. */
    WorkOutcome DONE = new Done();

    /** The one value of {@link Unwatched}. */
    WorkOutcome UNWATCHED = new Unwatched();
}
