package aether.reconcile.calendar;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.lease.Leases;
import aether.reconcile.loop.WorkOutcome;
import aether.reconcile.loop.Worker;
import aether.reconcile.report.Reports;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Says when a time has come that the log waits for; it keeps nothing, so a restart forgets no end. */
public final class CalendarWorker implements Worker<ClusterId> {

    /** Every key is looked at again before that; only what comes sooner needs an alarm of its own. */
    static final Duration NEAR = Duration.ofMinutes(2);

    private final DesiredWorld desired;
    private final Leases leases;
    private final Reports reports;
    private final InstantSource clock;

    /** Looks at a clock and at nothing else. */
    public CalendarWorker(DesiredWorld desired, Leases leases, Reports reports, InstantSource clock) {
        this.desired = desired;
        this.leases = leases;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public WorkOutcome work(ClusterId id) {
        Optional<DesiredCalendar> waiting = desired.cluster(id).flatMap(DesiredCalendar::of);
        if (waiting.isEmpty()) {
            return WorkOutcome.DONE;
        }
        Instant until = waiting.get().pause().until();
        Duration left = Duration.between(clock.instant(), until);
        if (left.isPositive()) {
            return left.compareTo(NEAR) > 0
                    ? WorkOutcome.DONE
                    : new WorkOutcome.RequeueAfter("the pause ends at " + until, left);
        }
        reports.send(
                id,
                new ClusterCommand.RecordPauseEnded(id, leases.epoch(id), until),
                waiting.get().basis());
        return WorkOutcome.DONE;
    }
}
