package aether.reconcile.loop;

import aether.domain.cluster.Fault;
import java.time.Duration;
import java.util.Optional;

/** The one place that sorts what was thrown into what to do about it. */
public final class Throwables {

    /** A conflict is over as soon as the other writer is done. */
    static final Duration AFTER_CONFLICT = Duration.ofMillis(50);

    /** A lost lease comes back, if ever, when the other holder's time is over. */
    static final Duration AFTER_LOST_LEASE = Duration.ofSeconds(5);

    private Throwables() {}

    /** The outcome that a throwable amounts to. */
    public static WorkOutcome sort(Throwable thrown) {
        return switch (thrown) {
            case OutsideFailure outside ->
                switch (outside.kind()) {
                    case AWAY -> new WorkOutcome.Failed("infrastructure: " + outside.sentence());
                    case CONFLICT -> new WorkOutcome.RequeueAfter(outside.sentence(), AFTER_CONFLICT);
                    case DENIED -> new WorkOutcome.Failed("refused: " + outside.sentence());
                    case STRANGER -> new WorkOutcome.Failed("not ours: " + outside.sentence());
                    case LEASE_LOST -> new WorkOutcome.RequeueAfter(outside.sentence(), AFTER_LOST_LEASE);
                };
            case InterruptedException interrupted ->
                new WorkOutcome.RequeueAfter("interrupted while stopping", Duration.ZERO);
            default -> new WorkOutcome.Failed("fault of ours: " + thrown);
        };
    }

    /** What a throwable keeps from going on; empty when it only says that somebody else goes on, or that we stop. */
    public static Optional<Hindrance> hindrance(Throwable thrown) {
        return switch (thrown) {
            case OutsideFailure outside -> outside.hindrance();
            case InterruptedException interrupted -> Optional.empty();
            default -> Optional.of(new Hindrance(Fault.OURS, "InternalFault", thrown.toString()));
        };
    }

    /** Whether the throwable is a fault of ours, whose trace a developer needs. */
    public static boolean isFault(Throwable thrown) {
        return !(thrown instanceof OutsideFailure) && !(thrown instanceof InterruptedException);
    }
}
