package aether.projection.machines;

import aether.domain.machine.MachineStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A machine as it is shown.
 *
 * @param nodePoolId the pool it belongs to; absent for a load balancer
 * @param address where it can be reached; absent until known
 */
public record MachineView(
        UUID id,
        UUID clusterId,
        @Nullable UUID nodePoolId,
        String role,
        String name,
        int vmId,
        String status,
        @Nullable String statusMessage,
        @Nullable String address,
        long createdPosition,
        Instant createdAt,
        Instant updatedAt) {

    MachineView in(MachineStatus next, @Nullable String saying, Instant when) {
        return new MachineView(
                id,
                clusterId,
                nodePoolId,
                role,
                name,
                vmId,
                next.published(),
                saying,
                address,
                createdPosition,
                createdAt,
                when);
    }

    MachineView at(String nextAddress) {
        return new MachineView(
                id,
                clusterId,
                nodePoolId,
                role,
                name,
                vmId,
                status,
                statusMessage,
                nextAddress.isEmpty() ? null : nextAddress,
                createdPosition,
                createdAt,
                updatedAt);
    }
}
