package aether.command.gateway;

import aether.command.dispatch.Overloaded;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.nodepool.NodePoolEvent;
import aether.format.EventCodec;
import aether.format.StoredEvent;
import aether.store.log.LogReader;
import aether.store.log.LogUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rounds of the gateway: for every resource that changed, and for every one whose cluster something happened to.
 */
public final class GatewayLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayLoop.class);

    /** How soon a stop is noticed by a loop with nothing to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The log is asked again this much later after it could not be read. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** So many failures in a row are worth telling. */
    private static final int TELLING = 3;

    private final Gateway gateway;

    private final CustomResources resources;

    private final Dependents dependents;

    private final Marks marks;

    private final LogReader reader;

    private final EventCodec codec;

    private final Runnable prepare;

    private final Thread rounds;

    private final Thread follower;

    private CustomResources.@Nullable Watching watching;

    private long next;

    private volatile boolean stopping;

    /**
     * A loop that has not started.
     *
     * @param prepare made once, before the first look at the management cluster
     */
    GatewayLoop(
            Gateway gateway,
            CustomResources resources,
            Dependents dependents,
            Marks marks,
            LogReader reader,
            EventCodec codec,
            Runnable prepare) {
        this.gateway = gateway;
        this.resources = resources;
        this.dependents = dependents;
        this.marks = marks;
        this.reader = reader;
        this.codec = codec;
        this.prepare = prepare;
        this.rounds = Thread.ofVirtual().name("aether-gateway").unstarted(this::run);
        this.follower = Thread.ofVirtual().name("aether-gateway-log").unstarted(this::follow);
    }

    /** Starts; the management cluster may be away. */
    public void start() {
        next = reader.head() + 1;
        rounds.start();
        follower.start();
    }

    private void run() {
        try {
            while (!stopping && !prepared()) {
                Thread.sleep(PAUSE);
            }
            watching = resources.watch(this::changed);
            while (!stopping) {
                Optional<ResourceKey> key = marks.take(PATIENCE);
                if (key.isPresent()) {
                    round(key.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean prepared() {
        try {
            prepare.run();
            return true;
        } catch (ManagementClusterUnavailable e) {
            LOG.warn("{}; trying again", e.getMessage());
            return false;
        }
    }

    /** A pool waits for its cluster's resource, so it is told of it. */
    private void changed(ResourceKey key) {
        marks.mark(key);
        if (key.type() == ResourceType.TENANT_CLUSTER) {
            poolsOf(key).forEach(marks::mark);
            if (resources.find(key).isEmpty()) {
                dependents.forget(key);
                // Whoever named the same cluster after it may have it now.
                resources.all(ResourceType.TENANT_CLUSTER).stream()
                        .map(CustomResource::key)
                        .filter(other -> other.name().equals(key.name()))
                        .forEach(marks::mark);
            }
        }
    }

    private List<ResourceKey> poolsOf(ResourceKey cluster) {
        return resources.all(ResourceType.NODE_POOL).stream()
                .filter(pool -> pool.key().namespace().equals(cluster.namespace()))
                .filter(pool -> Objects.equals(pool.text("clusterName"), cluster.name()))
                .map(CustomResource::key)
                .toList();
    }

    private void round(ResourceKey key) {
        try {
            gateway.reconcile(key);
            marks.done(key);
        } catch (ManagementClusterUnavailable | LogUnavailable | Overloaded e) {
            if (marks.failed(key) == TELLING) { // a conflict is over by the next round
                LOG.warn("{}; looking at {} again and again", e.getMessage(), key);
            }
        } catch (RuntimeException e) { // the edge of the thread: one resource may not end the others
            marks.failed(key);
            LOG.error("Expected to carry out {}, but could not", key, e);
        }
    }

    private void follow() {
        try {
            while (!stopping) {
                try {
                    readOn();
                } catch (RuntimeException e) { // the edge of the thread: it may wait, but it may not end
                    LOG.warn("Expected to read the log from position {}, but {}", next, e.getMessage());
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOn() throws InterruptedException {
        List<StoredEvent> page = reader.read(next, LogReader.PAGE);
        for (StoredEvent event : page) {
            cluster(codec.decode(event.type(), event.revision(), event.payload()))
                    .map(dependents::of)
                    .ifPresent(resources -> resources.forEach(this::changed));
            next = event.position() + 1;
        }
        if (page.isEmpty()) {
            boolean ignored = reader.awaitAfter(next - 1, PATIENCE);
        }
    }

    private static Optional<ClusterId> cluster(Object event) {
        return switch (event) {
            case ClusterEvent cluster -> Optional.of(cluster.clusterId());
            case NodePoolEvent pool -> Optional.of(pool.clusterId());
            default -> Optional.empty(); // of no subject that a resource shows
        };
    }

    @Override
    public void close() {
        stopping = true;
        rounds.interrupt();
        follower.interrupt();
        try {
            rounds.join(PATIENCE);
            follower.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        CustomResources.Watching open = watching;
        if (open != null) {
            open.close();
        }
    }
}
