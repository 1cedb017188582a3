package aether.domain.network;

import aether.domain.kernel.Decision;
import aether.domain.kernel.DnsLabel;
import aether.domain.kernel.Ipv4Block;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineRole;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decides who gets what from a region's plan: always the lowest that is free. */
public final class NetworkDecider {

    /** A cluster's workers share one /24; see the product's {@code worker_subnet}. */
    static final int WORKER_PREFIX = 24;

    /** The network address and the gateway at the start of a subnet or block are not given out. */
    static final int RESERVED_ADDRESSES = 2;

    /** What a worker subnet holds besides the network address, the gateway and the broadcast address. */
    static final int WORKERS_PER_SUBNET = 253;

    private NetworkDecider() {}

    /** Decides one command. */
    public static Decision<NetworkRejection> decide(NetworkState state, NetworkCommand command) {
        if (command instanceof NetworkCommand.OpenRegion open) {
            return open(state, open);
        }
        NetworkEvent.RegionOpened plan = state.plan();
        if (plan == null) {
            return Decision.refuse(new NetworkRejection.UnknownRegion(command.region()));
        }
        return switch (command) {
            case NetworkCommand.OpenRegion open -> open(state, open);
            case NetworkCommand.AllocateNetwork allocate -> allocate(state, plan, allocate);
            case NetworkCommand.ReleaseNetwork release -> release(state, release);
            case NetworkCommand.ReserveMachine reserve -> reserve(state, plan, reserve);
            case NetworkCommand.ReleaseVmId release -> releaseVmId(state, release);
        };
    }

    private static Decision<NetworkRejection> open(NetworkState state, NetworkCommand.OpenRegion open) {
        NetworkEvent.RegionOpened event = new NetworkEvent.RegionOpened(
                open.region(), open.workers(), open.loadBalancers(), open.firstVmId(), open.lastVmId());
        if (state.plan() == null) {
            Optional<NetworkRejection> invalid = invalid(open);
            return invalid.isPresent() ? Decision.refuse(invalid.get()) : Decision.accept(event);
        }
        return event.equals(state.plan())
                ? Decision.unchanged()
                : Decision.refuse(new NetworkRejection.PlanDiffers(open.region()));
    }

    /** What makes a plan unusable, or lets two clusters meet in it. */
    private static Optional<NetworkRejection> invalid(NetworkCommand.OpenRegion open) {
        if (!DnsLabel.isValid(open.region())) {
            return Optional.of(new NetworkRejection.InvalidPlan("region", DnsLabel.expected(open.region())));
        }
        if (open.workers().prefix() > WORKER_PREFIX) {
            return Optional.of(new NetworkRejection.InvalidPlan(
                    "workers",
                    "Expected a block that holds a /" + WORKER_PREFIX + ", but got " + open.workers() + "."));
        }
        if (open.workers().contains(open.loadBalancers())
                || open.loadBalancers().contains(open.workers())) {
            return Optional.of(new NetworkRejection.InvalidPlan(
                    "load_balancers",
                    "Expected a block outside " + open.workers() + ", but got " + open.loadBalancers() + "."));
        }
        if (open.firstVmId() < 1 || open.lastVmId() < open.firstVmId()) {
            return Optional.of(new NetworkRejection.InvalidPlan(
                    "last_vm_id",
                    "Expected VM ids from at least 1 upwards, but got " + open.firstVmId() + " to " + open.lastVmId()
                            + "."));
        }
        return Optional.empty();
    }

    private static Decision<NetworkRejection> allocate(
            NetworkState state, NetworkEvent.RegionOpened plan, NetworkCommand.AllocateNetwork allocate) {
        if (state.networks().containsKey(allocate.clusterId())) {
            return Decision.unchanged();
        }
        Set<Ipv4Block> takenSubnets = state.networks().values().stream()
                .map(NetworkEvent.NetworkAllocated::workerSubnet)
                .collect(Collectors.toSet());
        Set<String> takenAddresses = state.networks().values().stream()
                .map(NetworkEvent.NetworkAllocated::loadBalancerAddress)
                .collect(Collectors.toSet());
        long subnets = plan.workers().count(WORKER_PREFIX);
        long subnet = 0;
        while (subnet < subnets && takenSubnets.contains(plan.workers().part(WORKER_PREFIX, subnet))) {
            subnet++;
        }
        if (subnet == subnets) {
            return Decision.refuse(new NetworkRejection.Exhausted(plan.region(), "worker subnet", subnets));
        }
        // The last address of the block is its broadcast address.
        long end = plan.loadBalancers().count(32) - 1;
        long offset = RESERVED_ADDRESSES;
        while (offset < end && takenAddresses.contains(plan.loadBalancers().address(offset))) {
            offset++;
        }
        if (offset >= end) {
            return Decision.refuse(new NetworkRejection.Exhausted(
                    plan.region(), "load-balancer address", Math.max(0, end - RESERVED_ADDRESSES)));
        }
        return Decision.accept(new NetworkEvent.NetworkAllocated(
                plan.region(),
                allocate.clusterId(),
                plan.workers().part(WORKER_PREFIX, subnet),
                plan.loadBalancers().address(offset)));
    }

    private static Decision<NetworkRejection> release(NetworkState state, NetworkCommand.ReleaseNetwork release) {
        NetworkEvent.NetworkAllocated held = state.networks().get(release.clusterId());
        return held == null
                ? Decision.unchanged()
                : Decision.accept(new NetworkEvent.NetworkReleased(
                        held.region(), held.clusterId(), held.workerSubnet(), held.loadBalancerAddress()));
    }

    private static Decision<NetworkRejection> reserve(
            NetworkState state, NetworkEvent.RegionOpened plan, NetworkCommand.ReserveMachine reserve) {
        if (state.vmIds().containsKey(reserve.machineId())) {
            return Decision.unchanged();
        }
        NetworkEvent.NetworkAllocated network = state.networks().get(reserve.clusterId());
        if (network == null) {
            return Decision.refuse(new NetworkRejection.NoNetwork(reserve.clusterId()));
        }
        Set<Integer> taken = state.vmIds().values().stream()
                .map(NetworkEvent.VmIdClaimed::vmId)
                .collect(Collectors.toSet());
        int vmId = plan.firstVmId();
        while (vmId <= plan.lastVmId() && taken.contains(vmId)) {
            vmId++;
        }
        if (vmId > plan.lastVmId()) {
            return Decision.refuse(new NetworkRejection.Exhausted(
                    plan.region(), "VM id", (long) plan.lastVmId() - plan.firstVmId() + 1));
        }
        Optional<String> address = reserve.role() == MachineRole.LOAD_BALANCER
                ? Optional.of(network.loadBalancerAddress())
                : freeWorkerAddress(state, network);
        if (address.isEmpty()) {
            return Decision.refuse(
                    new NetworkRejection.SubnetFull(reserve.clusterId(), network.workerSubnet(), WORKERS_PER_SUBNET));
        }
        return Decision.accept(
                new NetworkEvent.VmIdClaimed(
                        plan.region(), reserve.machineId(), reserve.clusterId(), vmId, address.get()),
                new MachineEvent.MachineReserved(
                        reserve.machineId(),
                        reserve.clusterId(),
                        reserve.poolId(),
                        reserve.organizationId(),
                        plan.region(),
                        reserve.role(),
                        vmId,
                        reserve.name(),
                        reserve.shape(),
                        address.get()));
    }

    private static Optional<String> freeWorkerAddress(NetworkState state, NetworkEvent.NetworkAllocated network) {
        Set<String> taken = state.vmIds().values().stream()
                .filter(claimed -> claimed.clusterId().equals(network.clusterId()))
                .map(NetworkEvent.VmIdClaimed::address)
                .collect(Collectors.toSet());
        return IntStream.range(0, WORKERS_PER_SUBNET)
                .mapToObj(worker -> network.workerSubnet().address(RESERVED_ADDRESSES + worker))
                .filter(address -> !taken.contains(address))
                .findFirst();
    }

    private static Decision<NetworkRejection> releaseVmId(NetworkState state, NetworkCommand.ReleaseVmId release) {
        NetworkEvent.VmIdClaimed held = state.vmIds().get(release.machineId());
        return held == null
                ? Decision.unchanged()
                : Decision.accept(
                        new NetworkEvent.VmIdReleased(held.region(), held.machineId(), held.clusterId(), held.vmId()));
    }
}
