package aether.reconcile;

import aether.domain.cluster.ClusterId;
import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.desired.LogFollower;
import aether.reconcile.desired.WorkKey;
import aether.reconcile.kube.ManagementCluster;
import aether.reconcile.loop.Backoff;
import aether.reconcile.loop.WorkQueue;
import aether.reconcile.loop.WorkerLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the loop with all that feeds it: the log, the watch, the resync. */
public final class WorkersLifecycle implements SmartLifecycle {

    /** Many more than the keys of a region; beyond it the resync brings back what was turned away. */
    private static final int QUEUE_CAPACITY = 100_000;

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    /** How long after an outage work goes on at the latest. */
    private static final Duration LAST_RETRY = Duration.ofSeconds(15);

    private static final Duration LAST_LOG_RETRY = Duration.ofSeconds(2);

    private final ReconcileWorkersSettings settings;
    private final WorkerLog log;
    private final DesiredWorld world;
    private final Workers workers;
    private final ManagementCluster cluster;
    private final InstantSource clock;
    private final RandomGenerator chance;

    private volatile @Nullable WorkerLoop<WorkKey> loop;
    private volatile @Nullable LogFollower follower;
    private ManagementCluster.@Nullable Watching watching;
    private volatile boolean running;

    WorkersLifecycle(
            ReconcileWorkersSettings settings,
            WorkerLog log,
            DesiredWorld world,
            Workers workers,
            ManagementCluster cluster,
            InstantSource clock,
            RandomGenerator chance) {
        this.settings = settings;
        this.log = log;
        this.world = world;
        this.workers = workers;
        this.cluster = cluster;
        this.clock = clock;
        this.chance = chance;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        WorkQueue<WorkKey> queue = new WorkQueue<>(QUEUE_CAPACITY, clock);
        LogFollower following = new LogFollower(
                log.reader(), log.codec(), world, queue::offer, new Backoff(FIRST_RETRY, LAST_LOG_RETRY, chance));
        WorkerLoop<WorkKey> working = new WorkerLoop<>(
                "aether-worker",
                queue,
                workers,
                () -> following.isReady() ? world.keys() : java.util.List.of(),
                new Backoff(FIRST_RETRY, LAST_RETRY, chance),
                settings.loop(),
                clock);
        working.start();
        following.start();
        watching = cluster.watch(id -> changed(id, queue));
        loop = working;
        follower = following;
        running = true;
    }

    private void changed(String clusterId, WorkQueue<WorkKey> queue) {
        if (!isReady()) {
            return; // everything is looked at once the log is known
        }
        try {
            WorkKey.of(ClusterId.parse(clusterId)).forEach(queue::offer);
        } catch (IllegalArgumentException strange) {
            return; // a label of ours with a value that is not
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        ManagementCluster.Watching watched = watching;
        LogFollower following = follower;
        WorkerLoop<WorkKey> working = loop;
        if (watched != null) {
            watched.close();
        }
        if (following != null) {
            following.close();
        }
        if (working != null) {
            working.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Whether the desired state is known. */
    public boolean isReady() {
        LogFollower following = follower;
        return following != null && following.isReady();
    }

    /** What does not work now, by key. */
    public Map<String, String> troubles() {
        WorkerLoop<WorkKey> working = loop;
        return working == null
                ? Map.of()
                : working.troubles().entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
    }
}
