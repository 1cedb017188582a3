package aether.reconcile.desired;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.kernel.DomainEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineState;
import aether.domain.machine.MachineStatus;
import aether.domain.network.NetworkEvent;
import aether.domain.network.NetworkState;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The states that follow from the log so far, by the domain's own rules. Written by one thread, read by many. */
public final class DesiredWorld {

    private final Map<ClusterId, Known<ClusterState>> clusters = new ConcurrentHashMap<>();
    private final Map<MachineId, Known<MachineState>> machines = new ConcurrentHashMap<>();
    private final Map<String, NetworkState> networks = new ConcurrentHashMap<>();
    private final Map<OrganizationId, String> slugs = new ConcurrentHashMap<>();

    /** Nothing has happened yet. */
    public DesiredWorld() {}

    /** Folds one event in and answers what workers should look at because of it. */
    public Set<WorkKey> fold(DomainEvent event, long sequence) {
        Set<WorkKey> changed = new LinkedHashSet<>();
        switch (event) {
            case ClusterEvent cluster -> {
                clusters.compute(
                        cluster.clusterId(),
                        (id, known) -> new Known<>(
                                (known == null ? ClusterState.ABSENT : known.state()).apply(cluster), sequence));
                changed.addAll(WorkKey.of(cluster.clusterId()));
                if (isFeltByMachines(cluster)) {
                    changed.addAll(machinesOf(cluster.clusterId()));
                }
            }
            case MachineEvent machine -> {
                machines.compute(
                        machine.machineId(),
                        (id, known) -> new Known<>(
                                (known == null ? MachineState.ABSENT : known.state()).apply(machine), sequence));
                changed.add(WorkKey.of(machine.machineId()));
            }
            case NetworkEvent network ->
                networks.compute(
                        network.region(),
                        (region, state) -> (state == null ? NetworkState.ABSENT : state).apply(network));
            case SlugEvent.SlugClaimed claimed -> slugs.put(claimed.organizationId(), claimed.slug());
            default -> {
                // organizations, pools and the audit trail ask nothing of workers
            }
        }
        return changed;
    }

    /** What was kept back in a pause is done after it; a load balancer forwards to what is there, for whom it may. */
    private static boolean isFeltByMachines(ClusterEvent event) {
        return event instanceof ClusterEvent.ClusterResumed
                || event instanceof ClusterEvent.PauseEnded
                || event instanceof ClusterEvent.AuthorizedCidrsSet
                || event instanceof ClusterEvent.ControlPlaneReady;
    }

    private List<WorkKey> machinesOf(ClusterId clusterId) {
        return machines.entrySet().stream()
                .filter(entry -> {
                    MachineEvent.MachineReserved reservation =
                            entry.getValue().state().reservation();
                    return reservation != null && reservation.clusterId().equals(clusterId);
                })
                .map(entry -> WorkKey.of(entry.getKey()))
                .toList();
    }

    /** What the log says about a cluster. */
    public Optional<Known<ClusterState>> cluster(ClusterId clusterId) {
        return Optional.ofNullable(clusters.get(clusterId));
    }

    /** The slug of an organization. */
    public Optional<String> slug(OrganizationId organization) {
        return Optional.ofNullable(slugs.get(organization));
    }

    /** What the log says about each cluster that is not gone. */
    public List<ClusterState> clusters() {
        return clusters.values().stream()
                .map(Known::state)
                .filter(state -> state.status() != ClusterStatus.DELETED)
                .toList();
    }

    /** What the log says about a machine. */
    public Optional<Known<MachineState>> machine(MachineId machineId) {
        return Optional.ofNullable(machines.get(machineId));
    }

    /** What a cluster holds from its region's plan. */
    public Optional<NetworkEvent.NetworkAllocated> network(ClusterId clusterId) {
        return cluster(clusterId)
                .map(known -> known.state().request())
                .map(request -> networks.get(request.region()))
                .map(network -> network.networks().get(clusterId));
    }

    /** Everything that workers may have something to do for. */
    public List<WorkKey> keys() {
        Set<WorkKey> keys = new LinkedHashSet<>();
        clusters.forEach((id, known) -> {
            if (!known.state().wanted().isEmpty()) {
                keys.addAll(WorkKey.of(id));
            }
        });
        machines.forEach((id, known) -> {
            if (known.state().status() != MachineStatus.DELETED) {
                keys.add(WorkKey.of(id));
            }
        });
        return List.copyOf(keys);
    }
}
