package aether.domain.machine;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Reported;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a machine. {@code poolId} is absent for a load balancer; {@code epoch} is the epoch of the
 * tenant's lease under which a worker acted.
 */
public sealed interface MachineEvent extends DomainEvent {

    /** The machine. */
    MachineId machineId();

    /** The cluster it serves. */
    ClusterId clusterId();

    /** The pool it belongs to; absent for a load balancer. */
    @Nullable
    NodePoolId poolId();

    @Override
    default String stream() {
        return machineId().stream();
    }

    /**
     * The intent to make a machine, written before anything is made: its name and VM id are settled.
     *
     * @param vmId the hypervisor's number for it, claimed from the region's plan
     * @param name unique in the region, a DNS label
     * @param address of the cluster's load balancer or one of its worker subnet; empty for a worker of early days,
     *     whose address was found when it started
     */
    record MachineReserved(
            MachineId machineId,
            ClusterId clusterId,
            @Nullable NodePoolId poolId,
            OrganizationId organizationId,
            String region,
            MachineRole role,
            int vmId,
            String name,
            MachineShape shape,
            String address)
            implements MachineEvent {}

    /** The VM exists. */
    record MachineCloned(
            MachineId machineId,
            ClusterId clusterId,
            @Nullable NodePoolId poolId,
            long epoch) implements MachineEvent, Reported {}

    /** The VM has its configuration. */
    record MachineConfigured(
            MachineId machineId,
            ClusterId clusterId,
            @Nullable NodePoolId poolId,
            long epoch) implements MachineEvent, Reported {}

    /** The VM runs at the address. */
    record MachineStarted(
            MachineId machineId,
            ClusterId clusterId,
            @Nullable NodePoolId poolId,
            long epoch,
            String address) implements MachineEvent, Reported {}

    /** The machine does its work. */
    record MachineReady(
            MachineId machineId,
            ClusterId clusterId,
            @Nullable NodePoolId poolId,
            MachineRole role,
            long epoch) implements MachineEvent, Reported {}

    /** The machine is not there any more, or its node is not ready. */
    record MachineLost(
            MachineId machineId,
            ClusterId clusterId,
            @Nullable NodePoolId poolId,
            long epoch,
            String reason) implements MachineEvent, Reported {}

    /** The machine has to go. */
    record MachineRetired(
            MachineId machineId,
            ClusterId clusterId,
            @Nullable NodePoolId poolId) implements MachineEvent {}

    /** The VM is gone. */
    record MachineDeleted(
            MachineId machineId,
            ClusterId clusterId,
            @Nullable NodePoolId poolId,
            MachineRole role,
            long epoch) implements MachineEvent, Reported {}
}
