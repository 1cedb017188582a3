package aether.projection;

import aether.domain.audit.AuditEvent;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.machine.MachineShape;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugEvent;
import aether.format.Envelope;
import aether.format.EventCodec;
import aether.format.EventMetadata;
import aether.format.JsonEventCodec;
import aether.format.KafkaRecordFields;
import aether.format.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A log in memory, whose events come out as the door would publish them. */
public final class TestLog {

    public static final Instant BEGIN = Instant.parse("2026-11-24T10:00:00Z");
    public static final KubernetesVersion VERSION = new KubernetesVersion(1, 33, 5);

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final EventCodec codec = new JsonEventCodec();
    private final Envelope envelope = new Envelope("test", codec);
    private final List<StoredEvent> events = new ArrayList<>();

    /** Adds an event; every event is one second later than the one before. */
    public TestLog append(DomainEvent event, @Nullable UUID tenant) {
        long position = events.size();
        long recorded = BEGIN.getEpochSecond() * MICROS_PER_SECOND + position * MICROS_PER_SECOND;
        EventMetadata metadata = new EventMetadata(
                "user",
                "anna",
                null,
                tenant == null ? null : tenant.toString(),
                null,
                null,
                null,
                null,
                null,
                null,
                recorded - 500);
        EventCodec.Encoded encoded = codec.encode(event);
        events.add(new StoredEvent(
                position,
                event.stream(),
                0,
                NameBasedId.of("event", position),
                encoded.type(),
                encoded.revision(),
                Envelope.CURRENT_VERSION,
                recorded,
                encoded.payload(),
                codec.encodeMetadata(metadata)));
        return this;
    }

    public long size() {
        return events.size();
    }

    /** What the door would publish for a position. */
    public KafkaRecordFields record(long position) {
        return envelope.record(events.get((int) position));
    }

    public static OrganizationId organization(String slug) {
        return new OrganizationId(NameBasedId.of("organization", slug));
    }

    public static ClusterId cluster(String slug, String name) {
        return new ClusterId(NameBasedId.of("cluster", slug, name));
    }

    /** An organization joins. */
    public TestLog join(String slug) {
        OrganizationId id = organization(slug);
        return append(new SlugEvent.SlugClaimed(slug, id), id.value())
                .append(new OrganizationEvent.OrganizationRegistered(id, slug, slug + " GmbH"), id.value());
    }

    /** A cluster is asked for. */
    public TestLog request(String slug, String name) {
        OrganizationId organization = organization(slug);
        ClusterId id = cluster(slug, name);
        return append(new OrganizationEvent.ClusterNameClaimed(organization, name, id), id.value())
                .append(
                        new ClusterEvent.ClusterRequested(id, organization, name, "eu-1", VERSION, false, Channel.API),
                        id.value());
    }

    /** A whole life of a cluster with one pool of so many workers, until it runs. */
    public TestLog live(String slug, String name, int workers) {
        ClusterId id = cluster(slug, name);
        UUID key = id.value();
        request(slug, name);
        NodePoolId pool = pool(slug, name);
        append(new ClusterEvent.PoolNameClaimed(id, "main", pool), key);
        append(
                new NodePoolEvent.NodePoolRequested(
                        pool,
                        id,
                        organization(slug),
                        name,
                        "eu-1",
                        "main",
                        workers,
                        workers,
                        new MachineShape(2, 4, 40),
                        false),
                key);
        append(new NetworkEvent.NetworkAllocated("eu-1", id, block("10.64.1.0/24"), "10.128.0.2"), key);
        machine(id, null, slug, name + "-lb", 0, "10.128.0.2", key);
        append(new ClusterEvent.EndpointPublished(id, "10.128.0.2", 6443), key);
        append(new ClusterEvent.CertificatesRequested(id), key);
        append(new ClusterEvent.CertificatesIssued(id, 1, "ab", BEGIN.plusSeconds(3600)), key);
        append(new ClusterEvent.ControlPlaneRequested(id, VERSION), key);
        append(new ClusterEvent.ControlPlaneReady(id, 1, VERSION), key);
        append(new ClusterEvent.AddonsRequested(id), key);
        append(new ClusterEvent.AddonsInstalled(id, 1), key);
        for (int ordinal = 1; ordinal <= workers; ordinal++) {
            machine(id, pool, slug, name + "-main-" + ordinal, ordinal, "10.64.1." + (10 + ordinal), key);
        }
        append(new NodePoolEvent.NodePoolRunning(pool, id, workers), key);
        append(new ClusterEvent.ClusterRunning(id), key);
        return append(new AuditEvent.KubeconfigRead("command-0", organization(slug), id), key);
    }

    /** The end of a cluster's life. */
    public TestLog delete(String slug, String name) {
        ClusterId id = cluster(slug, name);
        UUID key = id.value();
        append(new ClusterEvent.ClusterDeletionRequested(id, organization(slug), "eu-1", List.of()), key);
        append(new ClusterEvent.ControlPlaneRemovalRequested(id), key);
        append(new ClusterEvent.ControlPlaneRemoved(id, 1), key);
        append(new NetworkEvent.NetworkReleased("eu-1", id, block("10.64.1.0/24"), "10.128.0.2"), key);
        append(new ClusterEvent.ClusterDeleted(id), key);
        return append(new OrganizationEvent.ClusterNameReleased(organization(slug), name, id), key);
    }

    public static NodePoolId pool(String slug, String cluster) {
        return new NodePoolId(NameBasedId.of("pool", slug, cluster));
    }

    private void machine(
            ClusterId cluster,
            @Nullable NodePoolId pool,
            String slug,
            String name,
            int ordinal,
            String address,
            UUID key) {
        MachineId id = new MachineId(NameBasedId.of("machine", slug, name));
        MachineRole role = pool == null ? MachineRole.LOAD_BALANCER : MachineRole.WORKER;
        append(new NetworkEvent.VmIdClaimed("eu-1", id, cluster, 1000 + ordinal, address), key);
        append(
                new MachineEvent.MachineReserved(
                        id,
                        cluster,
                        pool,
                        organization(slug),
                        "eu-1",
                        role,
                        1000 + ordinal,
                        name,
                        new MachineShape(2, 4, 40),
                        pool == null ? address : ""),
                key);
        append(new MachineEvent.MachineCloned(id, cluster, pool, 1), key);
        append(new MachineEvent.MachineConfigured(id, cluster, pool, 1), key);
        append(new MachineEvent.MachineStarted(id, cluster, pool, 1, address), key);
        append(new MachineEvent.MachineReady(id, cluster, pool, role, 1), key);
    }

    private static Ipv4Block block(String text) {
        return Ipv4Block.parse(text).orElseThrow();
    }
}
