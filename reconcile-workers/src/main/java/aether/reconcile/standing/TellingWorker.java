package aether.reconcile.standing;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.desired.Known;
import aether.reconcile.lease.Leases;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.loop.Throwables;
import aether.reconcile.loop.WorkOutcome;
import aether.reconcile.loop.Worker;
import aether.reconcile.report.Reports;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands around every worker and compares how a look ended with what the log says of it: a hindrance that lasts and is
 * not told is told, one that is told and is not found any more is over. So nothing is told twice, by a restart neither,
 * and a retry says nothing.
 *
 * @param <K> the key
 */
public final class TellingWorker<K> implements Worker<K> {

    private static final Logger LOG = LoggerFactory.getLogger(TellingWorker.class);

    /**
     * Whose work a key is.
     *
     * @param work how it is told, for example {@code control-plane}
     */
    public record Owner(ClusterId clusterId, String work) {}

    /** What was found at the last look, and since when it has been so. */
    private record Seen(Hindrance hindrance, Instant since) {}

    private final Worker<K> worker;
    private final Function<K, Optional<Owner>> owners;
    private final DesiredWorld desired;
    private final Leases leases;
    private final Reports reports;
    private final InstantSource clock;
    /** What is not told yet; forgotten by a restart, which only makes us patient again. */
    private final Map<K, Seen> untold = new ConcurrentHashMap<>();

    /** Tells of what this worker is hindered by. */
    public TellingWorker(
            Worker<K> worker,
            Function<K, Optional<Owner>> owners,
            DesiredWorld desired,
            Leases leases,
            Reports reports,
            InstantSource clock) {
        this.worker = worker;
        this.owners = owners;
        this.desired = desired;
        this.leases = leases;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public WorkOutcome work(K key) throws InterruptedException {
        WorkOutcome outcome;
        try {
            outcome = worker.work(key);
        } catch (RuntimeException e) { // it goes on to whoever sorts it; here it is only looked at
            List<Hindrance> found = Throwables.hindrance(e).stream().toList();
            if (!found.isEmpty()) {
                compare(key, found);
            }
            throw e;
        }
        compare(key, outcome.hindrances());
        return outcome;
    }

    private void compare(K key, List<Hindrance> found) {
        owners.apply(key)
                .ifPresentOrElse(
                        owner -> desired.cluster(owner.clusterId())
                                .ifPresentOrElse(known -> compare(key, owner, known, found), () -> untold.remove(key)),
                        () -> untold.remove(key));
    }

    private void compare(K key, Owner owner, Known<ClusterState> known, List<Hindrance> found) {
        ClusterEvent.@Nullable WorkStalled told = known.state().stalls().get(owner.work());
        try {
            if (found.isEmpty()) {
                untold.remove(key);
                if (told != null) {
                    over(owner, known.sequence());
                }
            } else {
                lasting(key, told, found.getFirst()).ifPresent(seen -> tell(owner, seen, known.sequence()));
            }
        } catch (OutsideFailure away) {
            // The log is away or somebody else has the tenant; what was to be told is found again at the next look.
            LOG.debug("{}: not told: {}", key, away.sentence());
        }
    }

    private Optional<Seen> lasting(K key, ClusterEvent.@Nullable WorkStalled told, Hindrance first) {
        boolean known =
                told != null && told.fault() == first.whose() && told.reason().equals(first.reason());
        if (known) {
            untold.remove(key);
            return Optional.empty();
        }
        Instant now = clock.instant();
        Seen seen = untold.compute(
                key,
                (same, before) -> before != null && before.hindrance().isSameAs(first)
                        ? new Seen(first, before.since())
                        : new Seen(first, now));
        return Duration.between(seen.since(), now).compareTo(first.patience()) >= 0
                ? Optional.of(seen)
                : Optional.empty();
    }

    private void tell(Owner owner, Seen seen, long basis) {
        Hindrance hindrance = seen.hindrance();
        reports.send(
                owner.clusterId(),
                new ClusterCommand.RecordWorkStalled(
                        owner.clusterId(),
                        leases.epoch(owner.clusterId()),
                        owner.work(),
                        hindrance.whose(),
                        hindrance.reason(),
                        hindrance.message(),
                        seen.since()),
                basis);
    }

    private void over(Owner owner, long basis) {
        reports.send(
                owner.clusterId(),
                new ClusterCommand.RecordWorkResumed(owner.clusterId(), leases.epoch(owner.clusterId()), owner.work()),
                basis);
    }
}
