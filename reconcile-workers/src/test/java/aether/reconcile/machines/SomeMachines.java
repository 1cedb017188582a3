package aether.reconcile.machines;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.machine.MachineShape;
import aether.domain.machine.MachineStatus;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Machines of one cluster, as the log may want them. */
final class SomeMachines {

    static final MachineId ID = new MachineId(new UUID(4, 4));
    static final KubernetesVersion VERSION = new KubernetesVersion(1, 34, 1);

    private static final NodePoolId POOL = new NodePoolId(new UUID(3, 3));
    private static final String NODES = "10.64.0.0/24";

    private SomeMachines() {}

    /** A worker with an address of its own, or with none where it leases one. */
    static DesiredMachine worker(MachineStatus status, String address) {
        return new DesiredMachine(
                reserved(MachineRole.WORKER, POOL, "shop-blue-0", new MachineShape(2, 4, 20), address),
                status,
                Optional.of("10.2.0.2:6443"),
                VERSION,
                List.of(),
                Ipv4Block.parse(NODES),
                3,
                4);
    }

    /** The load balancer of a cluster that may be reached from everywhere. */
    static DesiredMachine balancer(MachineStatus status) {
        return balancer(status, "10.2.0.2", 6443, VERSION, List.of(), NODES);
    }

    /** One that serves, for a cluster that may be reached from some networks. */
    static DesiredMachine balancer(List<String> authorized) {
        return balancer(MachineStatus.READY, "10.128.0.2", 6443, VERSION, authorized, NODES);
    }

    static DesiredMachine balancer(
            MachineStatus status,
            String address,
            int port,
            KubernetesVersion version,
            List<String> authorized,
            String nodes) {
        return new DesiredMachine(
                reserved(MachineRole.LOAD_BALANCER, null, "shop-lb", MachineShape.LOAD_BALANCER, address),
                status,
                Optional.of(address + ":" + port),
                version,
                authorized,
                Ipv4Block.parse(nodes),
                3,
                4);
    }

    private static MachineEvent.MachineReserved reserved(
            MachineRole role, @Nullable NodePoolId pool, String name, MachineShape shape, String address) {
        return new MachineEvent.MachineReserved(
                ID,
                new ClusterId(new UUID(2, 2)),
                pool,
                new OrganizationId(new UUID(1, 1)),
                "north",
                role,
                100,
                name,
                shape,
                address);
    }
}
