package aether.domain.network;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Ipv4Block;
import aether.domain.machine.MachineId;

/** What has happened to the plan of a region. */
public sealed interface NetworkEvent extends DomainEvent {

    /** The region. */
    String region();

    @Override
    default String stream() {
        return NetworkCommand.stream(region());
    }

    /**
     * A region opened with its plan.
     *
     * @param workers the block that worker subnets (/24 each) come from
     * @param loadBalancers the block that load-balancer addresses come from
     * @param firstVmId the lowest hypervisor id that Aether may use
     * @param lastVmId the highest
     */
    record RegionOpened(String region, Ipv4Block workers, Ipv4Block loadBalancers, int firstVmId, int lastVmId)
            implements NetworkEvent {}

    /** A cluster took a worker subnet and a load-balancer address. */
    record NetworkAllocated(String region, ClusterId clusterId, Ipv4Block workerSubnet, String loadBalancerAddress)
            implements NetworkEvent {}

    /** A cluster gave its subnet and address back. */
    record NetworkReleased(String region, ClusterId clusterId, Ipv4Block workerSubnet, String loadBalancerAddress)
            implements NetworkEvent {}

    /**
     * A machine took a VM id and an address.
     *
     * @param address of the cluster's load balancer, or one of its worker subnet; empty for a worker whose claim was
     *     written when workers found theirs at their start
     */
    record VmIdClaimed(String region, MachineId machineId, ClusterId clusterId, int vmId, String address)
            implements NetworkEvent {}

    /** A machine gave its VM id and its address back. */
    record VmIdReleased(String region, MachineId machineId, ClusterId clusterId, int vmId) implements NetworkEvent {}
}
