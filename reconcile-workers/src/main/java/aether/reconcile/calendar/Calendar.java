package aether.reconcile.calendar;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterPause;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.MaintenanceDecider;
import aether.domain.kernel.Command;
import aether.reconcile.loop.WorkOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a cluster waits for a time; pure.
 *
 * @param now when it is looked at
 */
record Calendar(ClusterId id, ClusterState state, Instant now) {

    /** Every key is looked at again before that; only what comes sooner needs an alarm of its own. */
    static final Duration NEAR = Duration.ofMinutes(2);

    static Calendar of(ClusterId id, ClusterState state, Instant now) {
        return new Calendar(id, state, now);
    }

    /** Whether anything has to be said now. */
    boolean isDue() {
        return !due(0).isEmpty();
    }

    /**
     * What has to be said now.
     *
     * @param epoch of the lease that it is said under
     */
    List<Command> due(long epoch) {
        List<Command> due = new ArrayList<>();
        ClusterPause pause = state.pause();
        if (pause != null && !now.isBefore(pause.until())) {
            due.add(new ClusterCommand.RecordPauseEnded(id, epoch, pause.until()));
        }
        state.maintenance().planned().values().stream()
                .filter(planned -> MaintenanceDecider.isDue(state, planned, now))
                .map(ClusterEvent.WorkPlanned::work)
                .sorted()
                .findFirst() // one after the other: what comes second may not begin beside the first
                .ifPresent(work -> due.add(new ClusterCommand.BeginPlannedWork(id, work, now)));
        return due;
    }

    /** When to look again. */
    WorkOutcome then() {
        ClusterPause pause = state.pause();
        Optional<Instant> next = Stream.concat(
                        Stream.ofNullable(pause).map(ClusterPause::until),
                        state.maintenance().planned().values().stream().map(ClusterEvent.WorkPlanned::opens))
                .filter(now::isBefore)
                .min(Comparator.naturalOrder());
        return next.filter(at -> Duration.between(now, at).compareTo(NEAR) <= 0)
                .<WorkOutcome>map(at -> new WorkOutcome.RequeueAfter("waiting for " + at, Duration.between(now, at)))
                .orElse(WorkOutcome.DONE);
    }
}
