package aether.reconcile.calendar;

import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.desired.Known;
import aether.reconcile.lease.Leases;
import aether.reconcile.loop.WorkOutcome;
import aether.reconcile.loop.Worker;
import aether.reconcile.report.Reports;
import java.time.InstantSource;
import java.util.Optional;

/** Says when a time has come that the log waits for; it keeps nothing, so a restart forgets no end. */
public final class CalendarWorker implements Worker<ClusterId> {

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
        Optional<Known<ClusterState>> known = desired.cluster(id);
        if (known.isEmpty()) {
            return WorkOutcome.DONE;
        }
        Calendar calendar = Calendar.of(id, known.get().state(), clock.instant());
        if (calendar.isDue()) { // days of waiting take no lease
            long epoch = leases.epoch(id);
            calendar.due(epoch)
                    .forEach(report -> reports.send(id, report, known.get().sequence()));
        }
        return calendar.then();
    }
}
