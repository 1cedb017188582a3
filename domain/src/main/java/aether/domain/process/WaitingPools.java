package aether.domain.process;

import aether.domain.nodepool.NodePoolId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pools whose nodes of before are to be replaced. A replacement counts from when it is seen to start: one that ended
 * before was of nodes of before.
 *
 * @param rolling each pool that is waited for, and whether its replacement has started
 */
public record WaitingPools(Map<NodePoolId, Boolean> rolling) {
    public WaitingPools {
        rolling = Map.copyOf(rolling);
    }

    /** None of them has started. */
    static WaitingPools of(List<NodePoolId> pools) {
        Map<NodePoolId, Boolean> waiting = new HashMap<>();
        pools.forEach(pool -> waiting.put(pool, false));
        return new WaitingPools(waiting);
    }

    boolean isEmpty() {
        return rolling.isEmpty();
    }

    boolean isRolling(NodePoolId pool) {
        return rolling.getOrDefault(pool, false);
    }

    WaitingPools started(NodePoolId pool) {
        Map<NodePoolId, Boolean> next = new HashMap<>(rolling);
        next.replace(pool, true);
        return new WaitingPools(next);
    }

    WaitingPools without(NodePoolId pool) {
        Map<NodePoolId, Boolean> next = new HashMap<>(rolling);
        next.remove(pool);
        return new WaitingPools(next);
    }
}
