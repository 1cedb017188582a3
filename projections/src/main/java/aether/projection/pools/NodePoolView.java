package aether.projection.pools;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A node pool as it is kept; how many of its nodes are ready is counted from its machines. */
public record NodePoolView(
        UUID id,
        UUID clusterId,
        String name,
        int min,
        int max,
        int desired,
        int vcpus,
        int memoryGb,
        int diskGb,
        String status,
        @Nullable String statusMessage,
        long createdPosition,
        Instant createdAt,
        Instant updatedAt) {

    NodePoolView in(String nextStatus, @Nullable String saying, Instant when) {
        return sized(min, max, desired, nextStatus, saying, when);
    }

    NodePoolView sized(
            int nextMin, int nextMax, int nextDesired, String nextStatus, @Nullable String saying, Instant when) {
        return new NodePoolView(
                id,
                clusterId,
                name,
                nextMin,
                nextMax,
                nextDesired,
                vcpus,
                memoryGb,
                diskGb,
                nextStatus,
                saying,
                createdPosition,
                createdAt,
                when);
    }
}
