package aether.domain.simulation;

import aether.domain.archive.ArchiveCommand;
import aether.domain.archive.ArchiveDecider;
import aether.domain.archive.ArchiveEvent;
import aether.domain.archive.ArchiveState;
import aether.domain.audit.AuditCommand;
import aether.domain.audit.AuditDecider;
import aether.domain.audit.AuditEvent;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterDecider;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterState;
import aether.domain.export.ExportCommand;
import aether.domain.export.ExportDecider;
import aether.domain.export.ExportEvent;
import aether.domain.export.ExportState;
import aether.domain.kernel.Command;
import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Outcome;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineDecider;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineState;
import aether.domain.network.NetworkCommand;
import aether.domain.network.NetworkDecider;
import aether.domain.network.NetworkEvent;
import aether.domain.network.NetworkState;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolDecider;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolState;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationDecider;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.OrganizationState;
import aether.domain.organization.SlugCommand;
import aether.domain.organization.SlugDecider;
import aether.domain.organization.SlugEvent;
import aether.domain.organization.SlugState;
import aether.domain.privacy.SubjectCommand;
import aether.domain.privacy.SubjectDecider;
import aether.domain.privacy.SubjectEvent;
import aether.domain.privacy.SubjectState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A log that decides with the real deciders and drops a second command with the same id (law 5). */
public final class MemoryLog {

    private final List<DomainEvent> events = new ArrayList<>();
    private final Set<UUID> commandIds = new HashSet<>();
    private final Map<String, SlugState> slugs = new TreeMap<>();
    private final Map<String, OrganizationState> organizations = new TreeMap<>();
    private final Map<String, SubjectState> subjects = new TreeMap<>();
    private final Map<String, ArchiveState> archives = new TreeMap<>();
    private final Map<String, ExportState> exports = new TreeMap<>();
    private final Map<String, NetworkState> regions = new TreeMap<>();
    private final Map<String, ClusterState> clusters = new TreeMap<>();
    private final Map<String, NodePoolState> pools = new TreeMap<>();
    private final Map<String, MachineState> machines = new TreeMap<>();

    /** A log that holds these events already. */
    public static MemoryLog replay(List<DomainEvent> events) {
        MemoryLog log = new MemoryLog();
        log.appendAll(events);
        return log;
    }

    /** Appends what was decided elsewhere. */
    public void appendAll(List<DomainEvent> more) {
        more.forEach(this::append);
    }

    /** Decides and, when accepted, appends. */
    public Outcome send(Command command) {
        return send(null, command);
    }

    /** Decides and, when accepted and not a repeat, appends. */
    public Outcome send(@Nullable UUID commandId, Command command) {
        if (commandId != null && commandIds.contains(commandId)) {
            return new Outcome.Accepted(false);
        }
        return switch (decide(command)) {
            case Decision.Refused<?> refused -> Outcome.Refused.of(refused.rejection());
            case Decision.Accepted<?> accepted -> {
                accepted.events().forEach(this::append);
                if (commandId != null && !accepted.events().isEmpty()) {
                    commandIds.add(commandId);
                }
                yield new Outcome.Accepted(!accepted.events().isEmpty());
            }
        };
    }

    /** What would follow from a command now. */
    public Decision<?> decide(Command command) {
        return switch (command) {
            case SlugCommand slug -> SlugDecider.decide(slugs.getOrDefault(slug.stream(), SlugState.FREE), slug);
            case OrganizationCommand organization ->
                OrganizationDecider.decide(organization(organization.stream()), organization);
            case NetworkCommand network -> NetworkDecider.decide(region(network.stream()), network);
            case ClusterCommand cluster -> ClusterDecider.decide(cluster(cluster.stream()), cluster);
            case NodePoolCommand pool -> NodePoolDecider.decide(pool(pool.stream()), pool);
            case MachineCommand machine -> MachineDecider.decide(machine(machine.stream()), machine);
            case AuditCommand audit -> Decision.accept(AuditDecider.decide(audit));
            case ArchiveCommand archive -> ArchiveDecider.decide(archive(archive.stream()), archive);
            case ExportCommand export -> ExportDecider.decide(export(export.stream()), export);
            case SubjectCommand subject -> SubjectDecider.decide(subject(subject.stream()), subject);
            default -> throw new IllegalArgumentException("Expected a command of the domain, but got " + command);
        };
    }

    private ArchiveState archive(String stream) {
        return archives.getOrDefault(stream, ArchiveState.ABSENT);
    }

    private ExportState export(String stream) {
        return exports.getOrDefault(stream, ExportState.ABSENT);
    }

    private SubjectState subject(String stream) {
        return subjects.getOrDefault(stream, SubjectState.ABSENT);
    }

    /** Whether the event would start a stream that has been started. */
    public boolean isSecondBirth(DomainEvent event) {
        boolean birth = event instanceof OrganizationEvent.OrganizationRegistered
                || event instanceof ClusterEvent.ClusterRequested
                || event instanceof NodePoolEvent.NodePoolRequested
                || event instanceof MachineEvent.MachineReserved;
        return birth && events.stream().anyMatch(earlier -> earlier.stream().equals(event.stream()));
    }

    private void append(DomainEvent event) {
        String stream = event.stream();
        if (isSecondBirth(event)) {
            throw new IllegalStateException("Expected " + stream + " to start once, but got " + event);
        }
        events.add(event);
        switch (event) {
            case SlugEvent slug ->
                slugs.put(stream, slugs.getOrDefault(stream, SlugState.FREE).apply(slug));
            case OrganizationEvent organization ->
                organizations.put(stream, organization(stream).apply(organization));
            case NetworkEvent network -> regions.put(stream, region(stream).apply(network));
            case ClusterEvent cluster -> clusters.put(stream, cluster(stream).apply(cluster));
            case NodePoolEvent pool -> pools.put(stream, pool(stream).apply(pool));
            case MachineEvent machine -> machines.put(stream, machine(stream).apply(machine));
            case AuditEvent unused -> {}
            case ArchiveEvent archive -> archives.put(stream, archive(stream).apply(archive));
            case ExportEvent export -> exports.put(stream, export(stream).apply(export));
            case SubjectEvent subject -> subjects.put(stream, subject(stream).apply(subject));
            default -> throw new IllegalArgumentException("Expected an event of the domain, but got " + event);
        }
    }

    /** Every event, by position. */
    public List<DomainEvent> events() {
        return Collections.unmodifiableList(events);
    }

    /** A cluster by its stream. */
    public ClusterState cluster(String stream) {
        return clusters.getOrDefault(stream, ClusterState.ABSENT);
    }

    /** An organization by its stream. */
    public OrganizationState organization(String stream) {
        return organizations.getOrDefault(stream, OrganizationState.ABSENT);
    }

    /** A region by its stream. */
    public NetworkState region(String stream) {
        return regions.getOrDefault(stream, NetworkState.ABSENT);
    }

    /** A pool by its stream. */
    public NodePoolState pool(String stream) {
        return pools.getOrDefault(stream, NodePoolState.ABSENT);
    }

    /** A machine by its stream. */
    public MachineState machine(String stream) {
        return machines.getOrDefault(stream, MachineState.ABSENT);
    }

    /** Every slug that was claimed. */
    public Map<String, SlugState> slugs() {
        return slugs;
    }

    /** Every organization, by stream. */
    public Map<String, OrganizationState> organizations() {
        return organizations;
    }

    /** Every region, by stream. */
    public Map<String, NetworkState> regions() {
        return regions;
    }

    /** Every cluster, by stream. */
    public Map<String, ClusterState> clusters() {
        return clusters;
    }

    /** Every pool, by stream. */
    public Map<String, NodePoolState> pools() {
        return pools;
    }

    /** Every machine, by stream. */
    public Map<String, MachineState> machines() {
        return machines;
    }
}
