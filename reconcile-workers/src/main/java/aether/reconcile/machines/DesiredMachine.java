package aether.reconcile.machines;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.machine.MachineState;
import aether.domain.machine.MachineStatus;
import aether.reconcile.desired.Known;
import java.util.List;
import java.util.Optional;

/**
 * What is wanted of a machine.
 *
 * @param reservation how it was reserved
 * @param status where the log says it is
 * @param endpoint host and port of its cluster's API, once published
 * @param version of its kubelet, never newer than its cluster's API servers
 * @param authorizedCidrs from where its cluster's API may be reached; empty for everywhere
 * @param workerSubnet where its cluster's nodes are; empty when the cluster has given it back
 * @param basis the last event of the machine's stream that is known
 * @param clusterBasis the last event of the cluster's stream that is known
 */
public record DesiredMachine(
        MachineEvent.MachineReserved reservation,
        MachineStatus status,
        Optional<String> endpoint,
        KubernetesVersion version,
        List<String> authorizedCidrs,
        Optional<Ipv4Block> workerSubnet,
        long basis,
        long clusterBasis) {
    public DesiredMachine {
        authorizedCidrs = List.copyOf(authorizedCidrs);
    }

    /** One of a cluster whose API may be reached from everywhere. */
    public DesiredMachine(
            MachineEvent.MachineReserved reservation,
            MachineStatus status,
            Optional<String> endpoint,
            KubernetesVersion version,
            long basis,
            long clusterBasis) {
        this(reservation, status, endpoint, version, List.of(), Optional.empty(), basis, clusterBasis);
    }

    /** What the log wants; empty for a machine that is gone or was never reserved. */
    public static Optional<DesiredMachine> of(
            Known<MachineState> machine, Known<ClusterState> cluster, Optional<Ipv4Block> workerSubnet) {
        MachineEvent.MachineReserved reservation = machine.state().reservation();
        ClusterEvent.ClusterRequested request = cluster.state().request();
        MachineStatus status = machine.state().status();
        if (reservation == null || request == null || status == MachineStatus.DELETED) {
            return Optional.empty();
        }
        return Optional.of(new DesiredMachine(
                reservation,
                status,
                Optional.ofNullable(cluster.state().endpoint())
                        .map(published -> published.host() + ":" + published.port()),
                cluster.state().versions().orElseThrow().nodes(),
                cluster.state().authorizedCidrs(),
                workerSubnet,
                machine.sequence(),
                cluster.sequence()));
    }

    /** The machine. */
    public MachineId id() {
        return reservation.machineId();
    }

    /** Its cluster. */
    public ClusterId clusterId() {
        return reservation.clusterId();
    }

    /** Whether it is a node of the tenant's cluster. */
    public boolean isWorker() {
        return reservation.role() == MachineRole.WORKER;
    }

    /** The tag by which its VM is recognised, whoever made it and whenever. */
    public String tag() {
        return "aether-machine-" + id();
    }
}
