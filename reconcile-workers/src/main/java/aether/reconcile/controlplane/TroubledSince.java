package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Since when each control plane is in trouble; forgotten by a restart, which only makes us patient again. */
final class TroubledSince {

    /**
     * Since when it is so.
     *
     * @param replacing whether pods are only being exchanged; what follows an exchange is a trouble of its own
     */
    private record Seen(boolean replacing, Instant since) {}

    private final Map<ClusterId, Seen> seen = new ConcurrentHashMap<>();

    /** How long a trouble of this sort lasts as of now; nothing when there is none. */
    Duration lasting(ClusterId clusterId, String trouble, boolean replacing, Instant now) {
        if (trouble.isEmpty()) {
            forget(clusterId);
            return Duration.ZERO;
        }
        Seen found = seen.compute(
                clusterId,
                (same, before) ->
                        before != null && before.replacing() == replacing ? before : new Seen(replacing, now));
        return Duration.between(found.since(), now);
    }

    /** The cluster has no trouble any more. */
    void forget(ClusterId clusterId) {
        seen.remove(clusterId);
    }
}
