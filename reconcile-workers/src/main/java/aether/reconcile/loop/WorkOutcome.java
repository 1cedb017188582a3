package aether.reconcile.loop;

import java.time.Duration;

/** How one look at one key ended. */
public sealed interface WorkOutcome {

    /** The world is as wanted; nothing to do until something changes. */
    record Done() implements WorkOutcome {}

    /** The world is on its way; look again. */
    record RequeueAfter(String reason, Duration delay) implements WorkOutcome {}

    /** It did not work; look again later, and later still when it fails again. */
    record Failed(String reason) implements WorkOutcome {}

    /** The one value of {@link Done}. */
    WorkOutcome DONE = new Done();
}
