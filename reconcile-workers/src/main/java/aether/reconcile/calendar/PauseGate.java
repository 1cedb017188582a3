package aether.reconcile.calendar;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterPause;
import aether.domain.cluster.ClusterState;
import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.desired.Known;
import aether.reconcile.lease.Leases;
import aether.reconcile.loop.Gate;
import aether.reconcile.loop.Plan;
import aether.reconcile.loop.Step;
import aether.reconcile.report.Reports;
import java.util.Optional;
import java.util.function.Function;

/** Lets nothing through that would change a tenant in a pause, and tells what has drifted meanwhile. */
public final class PauseGate<I> implements Gate<I> {

    /**
     * Whom a key is about.
     *
     * @param subject how a drift of it is told where the step does not say
     */
    public record Owner(ClusterId clusterId, String subject) {}

    private final Function<I, Optional<Owner>> owners;
    private final DesiredWorld desired;
    private final Leases leases;
    private final Reports reports;

    /** Stands before everything that is worked on under such keys. */
    public PauseGate(Function<I, Optional<Owner>> owners, DesiredWorld desired, Leases leases, Reports reports) {
        this.owners = owners;
        this.desired = desired;
        this.leases = leases;
        this.reports = reports;
    }

    @Override
    public <S extends Step> Plan<S> through(I id, Plan<S> plan) {
        Optional<Owner> owner = owners.apply(id);
        Optional<Known<ClusterState>> known = owner.flatMap(found -> desired.cluster(found.clusterId()));
        Optional<ClusterPause> pause =
                known.flatMap(found -> Optional.ofNullable(found.state().pause()));
        if (pause.isEmpty()) {
            return plan;
        }
        Owner found = owner.orElseThrow();
        Pausing<S> pausing = Pausing.of(pause.get(), plan, found.subject());
        for (Step.Drift drift : pausing.untold()) {
            reports.send(
                    found.clusterId(),
                    new ClusterCommand.RecordDriftLeft(
                            found.clusterId(), leases.epoch(found.clusterId()), drift.subject(), drift.found()),
                    known.orElseThrow().sequence());
        }
        return pausing.plan();
    }
}
