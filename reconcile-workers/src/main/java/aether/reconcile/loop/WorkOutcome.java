package aether.reconcile.loop;

import java.time.Duration;
import java.util.List;

/** How one look at one key ended. */
public sealed interface WorkOutcome {

    /** What is hindered but has nothing to do is looked at again by then; nothing else would tell that it is over. */
    Duration HINDERED = Duration.ofSeconds(10);

    /** The world is as wanted; nothing to do until something changes, and a watch would tell. */
    record Done() implements WorkOutcome {
        @Override
        public List<Hindrance> hindrances() {
            return List.of();
        }
    }

    /** The world is as wanted, but nobody would tell if it changed: every resync has to look. */
    record Unwatched() implements WorkOutcome {
        @Override
        public List<Hindrance> hindrances() {
            return List.of();
        }
    }

    /**
     * The world is on its way; look again.
     *
     * @param hindrances what it does not come on its way for, what matters most first; empty for none
     */
    record RequeueAfter(String reason, Duration delay, List<Hindrance> hindrances) implements WorkOutcome {
        public RequeueAfter {
            hindrances = List.copyOf(hindrances);
        }

        /** On its way, and nothing hinders it. */
        public RequeueAfter(String reason, Duration delay) {
            this(reason, delay, List.of());
        }
    }

    /**
     * It did not work; look again later, and later still when it fails again.
     *
     * @param hindrances what it is for, what matters most first
     */
    record Failed(String reason, List<Hindrance> hindrances) implements WorkOutcome {
        public Failed {
            hindrances = List.copyOf(hindrances);
        }

        /** For a reason that whoever threw it has said already. */
        public Failed(String reason) {
            this(reason, List.of());
        }
    }

    /** The one value of {@link Done}. */
    WorkOutcome DONE = new Done();

    /** The one value of {@link Unwatched}. */
    WorkOutcome UNWATCHED = new Unwatched();

    /** What keeps it from going on, what matters most first. */
    List<Hindrance> hindrances();

    /** An outcome with what keeps it from going on; what is hindered does not rest. */
    static WorkOutcome hindered(WorkOutcome outcome, List<Hindrance> found) {
        if (found.isEmpty()) {
            return outcome;
        }
        return switch (outcome) {
            case Done unused -> new RequeueAfter(found.getFirst().message(), HINDERED, found);
            case Unwatched unused -> new RequeueAfter(found.getFirst().message(), HINDERED, found);
            case RequeueAfter later -> new RequeueAfter(later.reason(), later.delay(), found);
            case Failed failed -> new Failed(failed.reason(), found);
        };
    }
}
