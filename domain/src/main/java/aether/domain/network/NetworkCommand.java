package aether.domain.network;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.kernel.FoundingCommand;
import aether.domain.kernel.Ipv4Block;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.machine.MachineShape;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import org.jspecify.annotations.Nullable;

/** What may be asked of a region's plan. */
public sealed interface NetworkCommand extends Command {

    /** The region. */
    String region();

    @Override
    default String stream() {
        return stream(region());
    }

    /** The stream of a region's plan. */
    static String stream(String region) {
        return "region-" + region;
    }

    /** Opens a region; see {@link NetworkEvent.RegionOpened}. */
    record OpenRegion(String region, Ipv4Block workers, Ipv4Block loadBalancers, int firstVmId, int lastVmId)
            implements NetworkCommand, FoundingCommand {}

    /** Takes the lowest free worker subnet and load-balancer address for a cluster. */
    record AllocateNetwork(String region, ClusterId clusterId) implements NetworkCommand {}

    /** Gives both back. */
    record ReleaseNetwork(String region, ClusterId clusterId) implements NetworkCommand {}

    /**
     * Reserves a machine: claims the lowest free VM id and starts the machine's life, or does neither.
     *
     * @param machineId chosen by the caller, so that a retry makes nothing twice
     * @param poolId absent for a load balancer
     * @param name unique in the region, a DNS label
     */
    record ReserveMachine(
            String region,
            MachineId machineId,
            ClusterId clusterId,
            @Nullable NodePoolId poolId,
            OrganizationId organizationId,
            MachineRole role,
            String name,
            MachineShape shape)
            implements NetworkCommand {}

    /** Gives the VM id of a deleted machine back. */
    record ReleaseVmId(String region, MachineId machineId) implements NetworkCommand {}
}
