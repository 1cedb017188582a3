package aether.reconcile;

import aether.domain.cluster.ClusterId;
import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.desired.WorkKey;
import aether.reconcile.kube.ManagementCluster;
import aether.reconcile.loop.Backoff;
import aether.reconcile.loop.LoopSettings;
import aether.reconcile.loop.WorkQueue;
import aether.reconcile.loop.WorkerLoop;
import aether.reconcile.render.ResourceKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Workers with what makes them look: the management cluster's watch, the resync, and whoever offers a key. */
public final class RunningWorkers implements AutoCloseable {

    /** Many more than the keys of a region; beyond it the resync brings back what was turned away. */
    private static final int QUEUE_CAPACITY = 100_000;

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    /** How long after an outage work goes on at the latest. */
    private static final Duration LAST_RETRY = Duration.ofSeconds(15);

    /** Changes come in swarms, a tenant's certificates for example; one look sees them all. */
    private static final Duration GATHERING = Duration.ofMillis(300);

    private final WorkQueue<WorkKey> queue;
    private final WorkerLoop<WorkKey> loop;
    private final ManagementCluster cluster;
    private final BooleanSupplier ready;
    private ManagementCluster.@Nullable Watching watching;

    /**
     * Workers that have not started.
     *
     * @param ready whether what is desired is known; before, nothing is looked at
     */
    public RunningWorkers(
            LoopSettings settings,
            DesiredWorld world,
            BooleanSupplier ready,
            Workers workers,
            ManagementCluster cluster,
            InstantSource clock,
            RandomGenerator chance) {
        this.queue = new WorkQueue<>(QUEUE_CAPACITY, clock);
        this.cluster = cluster;
        this.ready = ready;
        this.loop = new WorkerLoop<>(
                "aether-worker",
                queue,
                workers,
                () -> ready.getAsBoolean() ? world.keys() : List.of(),
                new Backoff(FIRST_RETRY, LAST_RETRY, chance),
                settings,
                clock);
    }

    /** Starts looking. */
    public synchronized void start() {
        loop.start();
        watching = cluster.watch(new ManagementCluster.Listener() {
            @Override
            public void changed(ResourceKind kind, String clusterId) {
                gather(clusterId, id -> WorkKey.concerned(kind, id));
            }

            @Override
            public void echoed(ResourceKind kind, String clusterId) {
                gather(clusterId, id -> WorkKey.concernedByOurs(kind, id));
            }
        });
    }

    /** Has a key looked at now. */
    public void offer(WorkKey key) {
        boolean ignored = queue.offer(key); // when the queue is full, the next resync comes
    }

    /** What does not work now, by key. */
    public Map<String, String> troubles() {
        return loop.troubles().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
    }

    private void gather(String clusterId, Function<ClusterId, List<WorkKey>> concerned) {
        if (!ready.getAsBoolean()) {
            return; // everything is looked at once the log is known
        }
        try {
            for (WorkKey key : concerned.apply(ClusterId.parse(clusterId))) {
                boolean ignored = queue.offer(key, GATHERING);
            }
        } catch (IllegalArgumentException strange) {
            return; // a label of ours with a value that is not
        }
    }

    @Override
    public synchronized void close() {
        ManagementCluster.Watching watched = watching;
        if (watched != null) {
            watched.close();
        }
        loop.close();
    }
}
