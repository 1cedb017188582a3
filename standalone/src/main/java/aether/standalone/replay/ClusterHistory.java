package aether.standalone.replay;

import aether.archive.verify.PromisedEntries;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.machine.MachineEvent;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolState;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugEvent;
import aether.format.EventCodec;
import aether.format.EventMetadata;
import aether.format.EventTypes;
import aether.format.JsonEventCodec;
import aether.format.RowRestoration;
import aether.format.StoredEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What clusters of a name were like at a time, from an archive alone: the domain's own states, folded again. */
public final class ClusterHistory {

    /** Of each cluster, the newest ones; before that the state says enough. */
    static final int MAX_EVENTS = 200;

    private final String name;
    private final Optional<String> organization;
    private final Until until;
    private final EventCodec codec = new JsonEventCodec();
    private final RowRestoration rows = new RowRestoration(codec);
    private final Map<OrganizationId, String> slugs = new HashMap<>();
    private final Map<ClusterId, Folding> found = new LinkedHashMap<>();

    private ClusterHistory(String name, Optional<String> organization, Until until) {
        this.name = name;
        this.organization = organization;
        this.until = until;
    }

    /**
     * One event of a cluster.
     *
     * @param type without prefix
     * @param data its payload, JSON
     */
    public record Happening(long position, Instant recorded, String type, String actorType, String data) {}

    /**
     * A cluster as it was.
     *
     * @param organization its slug
     * @param pools by name
     * @param events the newest of its events, oldest first
     */
    public record Then(
            ClusterId id,
            String organization,
            ClusterState state,
            Map<String, NodePoolState> pools,
            List<Happening> events) {
        public Then {
            pools = Map.copyOf(pools);
            events = List.copyOf(events);
        }
    }

    private static final class Folding {
        private final String organization;
        private ClusterState state = ClusterState.ABSENT;
        private final Map<NodePoolId, NodePoolState> pools = new LinkedHashMap<>();
        private final Deque<Happening> events = new ArrayDeque<>();

        Folding(String organization) {
            this.organization = organization;
        }

        Then then(ClusterId id) {
            Map<String, NodePoolState> named = new TreeMap<>();
            state.pools().forEach((pool, poolId) -> named.put(pool, pools.getOrDefault(poolId, NodePoolState.ABSENT)));
            return new Then(id, organization, state, named, new ArrayList<>(events));
        }
    }

    /**
     * Every cluster that ever had a name, in the order in which they were asked for, as it was then.
     *
     * @param organization the slug; empty for any
     * @throws IllegalStateException naming the entry that is not what was signed, or cannot be read
     */
    public static List<Then> read(PromisedEntries promised, String name, Optional<String> organization, Until until)
            throws IOException {
        ClusterHistory history = new ClusterHistory(name, organization, until);
        promised.forEach(history::take);
        return history.found.entrySet().stream()
                .map(one -> one.getValue().then(one.getKey()))
                .toList();
    }

    private void take(long position, byte[] entry) {
        try {
            StoredEvent row = rows.row(entry);
            if (until.includes(position, row.recordedMicros())) {
                fold(row, codec.decode(row.type(), row.revision(), row.payload()));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Expected to read entry " + position + ", but " + e.getMessage(), e);
        }
    }

    private void fold(StoredEvent row, Object event) {
        if (event instanceof SlugEvent.SlugClaimed claimed) {
            slugs.put(claimed.organizationId(), claimed.slug());
        }
        if (event instanceof ClusterEvent.ClusterRequested requested && isMeant(requested)) {
            found.put(
                    requested.clusterId(),
                    new Folding(slugs.getOrDefault(
                            requested.organizationId(),
                            requested.organizationId().toString())));
        }
        Optional.ofNullable(clusterOf(event)).map(found::get).ifPresent(cluster -> {
            switch (event) {
                case ClusterEvent happened -> cluster.state = cluster.state.apply(happened);
                case NodePoolEvent happened ->
                    cluster.pools.merge(
                            happened.poolId(),
                            NodePoolState.ABSENT.apply(happened),
                            (before, unused) -> before.apply(happened));
                default -> {} // a machine's or the network's: told, not folded
            }
            cluster.events.add(happening(row));
            if (cluster.events.size() > MAX_EVENTS) {
                cluster.events.removeFirst();
            }
        });
    }

    private boolean isMeant(ClusterEvent.ClusterRequested requested) {
        return requested.name().equals(name)
                && (organization.isEmpty() || organization.get().equals(slugs.get(requested.organizationId())));
    }

    private static @Nullable ClusterId clusterOf(Object event) {
        return switch (event) {
            case ClusterEvent cluster -> cluster.clusterId();
            case NodePoolEvent pool -> pool.clusterId();
            case MachineEvent machine -> machine.clusterId();
            case NetworkEvent.NetworkAllocated allocated -> allocated.clusterId();
            case NetworkEvent.NetworkReleased released -> released.clusterId();
            default -> null; // of nothing that a cluster's history tells
        };
    }

    private Happening happening(StoredEvent row) {
        EventMetadata metadata = codec.decodeMetadata(row.metadata());
        return new Happening(
                row.position(),
                Instant.EPOCH.plus(row.recordedMicros(), ChronoUnit.MICROS),
                row.type().substring(EventTypes.PREFIX.length()),
                metadata.actorType(),
                new String(row.payload(), StandardCharsets.UTF_8));
    }
}
