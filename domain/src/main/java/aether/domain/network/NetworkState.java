package aether.domain.network;

import aether.domain.cluster.ClusterId;
import aether.domain.machine.MachineId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a region's plan says is taken.
 *
 * @param plan how the region was opened; absent before
 * @param networks what each cluster holds
 * @param vmIds what each machine holds
 */
public record NetworkState(
        NetworkEvent.@Nullable RegionOpened plan,
        Map<ClusterId, NetworkEvent.NetworkAllocated> networks,
        Map<MachineId, NetworkEvent.VmIdClaimed> vmIds) {

    /** Before the first event. */
    public static final NetworkState ABSENT = new NetworkState(null, Map.of(), Map.of());

    public NetworkState {
        networks = Map.copyOf(networks);
        vmIds = Map.copyOf(vmIds);
    }

    /** The state after an event. */
    public NetworkState apply(NetworkEvent event) {
        return switch (event) {
            case NetworkEvent.RegionOpened opened -> new NetworkState(opened, networks, vmIds);
            case NetworkEvent.NetworkAllocated allocated -> {
                Map<ClusterId, NetworkEvent.NetworkAllocated> next = new LinkedHashMap<>(networks);
                next.put(allocated.clusterId(), allocated);
                yield new NetworkState(plan, next, vmIds);
            }
            case NetworkEvent.NetworkReleased released -> {
                Map<ClusterId, NetworkEvent.NetworkAllocated> next = new LinkedHashMap<>(networks);
                next.remove(released.clusterId());
                yield new NetworkState(plan, next, vmIds);
            }
            case NetworkEvent.VmIdClaimed claimed -> {
                Map<MachineId, NetworkEvent.VmIdClaimed> next = new LinkedHashMap<>(vmIds);
                next.put(claimed.machineId(), claimed);
                yield new NetworkState(plan, networks, next);
            }
            case NetworkEvent.VmIdReleased released -> {
                Map<MachineId, NetworkEvent.VmIdClaimed> next = new LinkedHashMap<>(vmIds);
                next.remove(released.machineId());
                yield new NetworkState(plan, networks, next);
            }
        };
    }
}
