package aether.reconcile;

import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.desired.LogFollower;
import aether.reconcile.kube.ManagementCluster;
import aether.reconcile.loop.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the loop with all that feeds it: the log, the watch, the resync. */
public final class WorkersLifecycle implements SmartLifecycle {

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_LOG_RETRY = Duration.ofSeconds(2);

    private final ReconcileWorkersSettings settings;
    private final WorkerLog log;
    private final DesiredWorld world;
    private final Workers workers;
    private final ManagementCluster cluster;
    private final InstantSource clock;
    private final RandomGenerator chance;

    private volatile @Nullable LogFollower follower;
    private volatile @Nullable RunningWorkers work;
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
        RunningWorkers working =
                new RunningWorkers(settings.loop(), world, this::isReady, workers, cluster, clock, chance);
        LogFollower following = new LogFollower(
                log.reader(), log.codec(), world, working::offer, new Backoff(FIRST_RETRY, LAST_LOG_RETRY, chance));
        follower = following;
        work = working;
        working.start();
        following.start();
        running = true;
    }

    @Override
    public synchronized void stop() {
        running = false;
        LogFollower following = follower;
        RunningWorkers working = work;
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
        RunningWorkers working = work;
        return working == null ? Map.of() : working.troubles();
    }
}
