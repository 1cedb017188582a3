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
        return with(next, members, generations, roll, outdatedBefore);
    }

    PoolData rolling(int next, int outdatedNow) {
        return with(desired, members, generations, next, outdatedNow);
    }

    PoolData with(SortedMap<Integer, PoolMember> next, SortedMap<Integer, Integer> nextGenerations) {
        return with(desired, next, nextGenerations, roll, outdatedBefore);
    }

    /** This machine as one that is on its way, by its ordinal; its generation is taken. */
    PoolData withComing(int ordinal, PoolMember member) {
        SortedMap<Integer, PoolMember> next = new TreeMap<>(members);
        SortedMap<Integer, Integer> nextGenerations = new TreeMap<>(generations);
        next.put(ordinal, member);
        nextGenerations.put(ordinal, member.generation() + 1);
        return with(next, nextGenerations);
    }

    /** The machine that this ordinal gets next; the id follows from whose it is. */
    PoolMember nextOf(int ordinal) {
        return PoolMember.coming(poolId, ordinal, generations.getOrDefault(ordinal, 0));
    }

    private PoolData with(
            int nextDesired,
            SortedMap<Integer, PoolMember> nextMembers,
            SortedMap<Integer, Integer> nextGenerations,
            int nextRoll,
            int nextOutdatedBefore) {
        return new PoolData(
                poolId,
                clusterId,
                organizationId,
                clusterName,
                region,
                name,
                shape,
                nextDesired,
                nextMembers,
                nextGenerations,
                nextRoll,
                nextOutdatedBefore);
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
