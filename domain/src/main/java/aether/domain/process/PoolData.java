package aether.domain.process;

import aether.domain.cluster.ClusterId;
import aether.domain.machine.MachineShape;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the pool remembers.
 *
 * @param members the machines that exist or are on their way, by ordinal
 * @param generations how many machines each ordinal has had
 * @param roll the replacement of all machines that is under way; 0 while there is none
 * @param outdatedBefore how many machines had to be replaced when it was last looked whether that moves on
 */
public record PoolData(
        NodePoolId poolId,
        ClusterId clusterId,
        OrganizationId organizationId,
        String clusterName,
        String region,
        String name,
        MachineShape shape,
        int desired,
        SortedMap<Integer, PoolMember> members,
        SortedMap<Integer, Integer> generations,
        int roll,
        int outdatedBefore) {
    public PoolData {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        generations = Collections.unmodifiableSortedMap(new TreeMap<>(generations));
    }

    PoolData wanting(int next) {
        return new PoolData(
                poolId,
                clusterId,
                organizationId,
                clusterName,
                region,
                name,
                shape,
                next,
                members,
                generations,
                roll,
                outdatedBefore);
    }

    PoolData rolling(int next, int outdatedNow) {
        return new PoolData(
                poolId,
                clusterId,
                organizationId,
                clusterName,
                region,
                name,
                shape,
                desired,
                members,
                generations,
                next,
                outdatedNow);
    }

    PoolData with(SortedMap<Integer, PoolMember> next, SortedMap<Integer, Integer> nextGenerations) {
        return new PoolData(
                poolId,
                clusterId,
                organizationId,
                clusterName,
                region,
                name,
                shape,
                desired,
                next,
                nextGenerations,
                roll,
                outdatedBefore);
    }

    int outdated() {
        return (int) members.values().stream().filter(PoolMember::outdated).count();
    }

    /** How many machines are wanted now: one more while they are replaced, so that none is missed meanwhile. */
    int target() {
        boolean renewed = members.headMap(desired).size() == desired
                && members.headMap(desired).values().stream().allMatch(member -> member.serves() && !member.outdated());
        return roll == 0 || renewed ? desired : desired + 1;
    }

    boolean isSettled() {
        return members.size() == target() && members.values().stream().allMatch(PoolMember::serves);
    }
}
