package aether.domain.process;

import aether.domain.cluster.ClusterCommand;
import aether.domain.kernel.Command;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a pool does next, seen from what it remembers: how it comes to its size, to nothing, and to new machines. */
final class PoolMoves {

    private PoolMoves() {}

    /** Every machine that comes back is new, so a replacement of all of them is over with the last that goes. */
    static Move<ScalePool.State, PoolData> sleeping(PoolData data, List<Command> first) {
        List<Command> commands = new ArrayList<>(first);
        if (data.members().isEmpty()) {
            if (data.roll() > 0) {
                commands.add(new NodePoolCommand.RecordPoolRolled(data.poolId(), data.roll()));
            }
            commands.add(new NodePoolCommand.RecordPoolHibernated(data.poolId()));
            return new Move<>(ScalePool.State.HIBERNATED, data.rolling(0, 0), commands);
        }
        return new Move<>(ScalePool.State.HIBERNATING, retiring(data, 0, commands), commands);
    }

    static Move<ScalePool.State, PoolData> sleeping(PoolData data, MachineEvent.MachineDeleted event) {
        return sleeping(gone(data, event.machineId()), givenBack(data, event.machineId()));
    }

    static Move<ScalePool.State, PoolData> sleeping(PoolData data, Trigger.CommandRefused refusal) {
        return refusal.command() instanceof MachineCommand.RetireMachine retire
                ? sleeping(gone(data, retire.machineId()), givenBack(data, retire.machineId()))
                : sleeping(data, List.of());
    }

    static Move<ScalePool.State, PoolData> begin(NodePoolEvent.NodePoolRequested event) {
        PoolData data = new PoolData(
                event.poolId(),
                event.clusterId(),
                event.organizationId(),
                event.clusterName(),
                event.region(),
                event.name(),
                event.shape(),
                event.min(),
                new TreeMap<>(),
                new TreeMap<>(),
                0,
                0);
        return event.clusterReady() ? level(data, List.of()) : Move.to(ScalePool.State.WAITING_FOR_CLUSTER, data);
    }

    /** Compares the wanted size with the members: reserves what is missing, retires what is too much or outdated. */
    static Move<ScalePool.State, PoolData> level(PoolData data, List<Command> first) {
        List<Command> commands = new ArrayList<>(first);
        int target = data.target();
        PoolData full = data;
        for (int ordinal = 0; ordinal < target; ordinal++) {
            if (!data.members().containsKey(ordinal)) {
                PoolMember member = data.nextOf(ordinal);
                full = full.withComing(ordinal, member);
                commands.add(reserve(data, ordinal, member));
            }
        }
        PoolData next = retiring(full, target, commands);
        return next.isSettled() ? settled(next, commands) : new Move<>(ScalePool.State.SCALING, next, commands);
    }

    static Move<ScalePool.State, PoolData> level(PoolData data, MachineEvent.MachineDeleted event) {
        return level(gone(data, event.machineId()), givenBack(data, event.machineId()));
    }

    /** Retiring is refused when the machine is gone already; the event that says so may have been seen or not. */
    static Move<ScalePool.State, PoolData> level(PoolData data, Trigger.CommandRefused refusal) {
        return refusal.command() instanceof MachineCommand.RetireMachine retire
                ? level(gone(data, retire.machineId()), givenBack(data, retire.machineId()))
                : level(data, List.of());
    }

    /** All that are wanted serve: the next one is replaced, or all is as it should be. */
    private static Move<ScalePool.State, PoolData> settled(PoolData data, List<Command> first) {
        List<Command> commands = new ArrayList<>(first);
        if (data.outdated() > 0) {
            SortedMap<Integer, PoolMember> members = new TreeMap<>(data.members());
            members.entrySet().stream()
                    .filter(entry -> entry.getValue().outdated())
                    .findFirst()
                    .ifPresent(entry -> retire(entry, commands));
            return new Move<>(ScalePool.State.SCALING, data.with(members, data.generations()), commands);
        }
        commands.add(new NodePoolCommand.RecordPoolRunning(data.poolId(), data.desired()));
        if (data.roll() > 0) {
            commands.add(new NodePoolCommand.RecordPoolRolled(data.poolId(), data.roll()));
        }
        return new Move<>(ScalePool.State.STEADY, data.rolling(0, 0), commands);
    }

    /** Lets all machines from this ordinal on go. */
    private static PoolData retiring(PoolData data, int from, List<Command> commands) {
        SortedMap<Integer, PoolMember> members = new TreeMap<>(data.members());
        members.tailMap(from).entrySet().forEach(entry -> retire(entry, commands));
        return data.with(members, data.generations());
    }

    private static void retire(Map.Entry<Integer, PoolMember> entry, List<Command> commands) {
        if (!entry.getValue().leaving()) {
            entry.setValue(entry.getValue().asLeaving());
            commands.add(new MachineCommand.RetireMachine(entry.getValue().machineId()));
        }
    }

    static Move<ScalePool.State, PoolData> replaceAll(PoolData data, NodePoolEvent.NodePoolRollStarted event) {
        SortedMap<Integer, PoolMember> members = new TreeMap<>(data.members());
        members.replaceAll((ordinal, member) -> member.asOutdated());
        PoolData outdated = data.with(members, data.generations());
        return level(outdated.rolling(event.roll(), outdated.outdated()), List.of());
    }

    /** A replacement of many machines is long; it is late only when it has not moved on. */
    static Move<ScalePool.State, PoolData> late(PoolData data, Trigger.DeadlinePassed passed) {
        if (data.roll() > 0 && data.outdated() < data.outdatedBefore()) {
            return level(data.rolling(data.roll(), data.outdated()), List.of());
        }
        return level(
                data,
                List.of(new NodePoolCommand.RecordPoolDegraded(
                        data.poolId(), "the pool has not reached its size in time")));
    }

    static Move<ScalePool.State, PoolData> scaled(PoolData data, NodePoolEvent.NodePoolScaled event) {
        int target = data.wanting(event.desired()).target();
        return level(withForgotten(data, target).wanting(event.desired()), List.of());
    }

    static Move<ScalePool.State, PoolData> becameReady(PoolData data, MachineEvent.MachineReady event) {
        return level(ready(withOwn(data, event.machineId()), event.machineId()), List.of());
    }

    static Move<ScalePool.State, PoolData> lost(PoolData before, MachineEvent.MachineLost event) {
        PoolData data = withOwn(before, event.machineId());
        SortedMap<Integer, PoolMember> members = new TreeMap<>(data.members());
        List<Command> commands = new ArrayList<>();
        for (Map.Entry<Integer, PoolMember> entry : members.entrySet()) {
            if (entry.getValue().machineId().equals(event.machineId())
                    && !entry.getValue().leaving()) {
                entry.setValue(entry.getValue().asLeaving());
                commands.add(new NodePoolCommand.RecordPoolDegraded(
                        data.poolId(), "machine " + event.machineId() + " was lost: " + event.reason()));
                commands.add(new MachineCommand.RetireMachine(event.machineId()));
            }
        }
        return level(data.with(members, data.generations()), commands);
    }

    static Move<ScalePool.State, PoolData> leaving(PoolData data, List<Command> first) {
        List<Command> commands = new ArrayList<>(first);
        if (data.members().isEmpty()) {
            commands.add(new NodePoolCommand.ConfirmPoolDeleted(data.poolId()));
            commands.add(new ClusterCommand.ReleasePoolName(data.clusterId(), data.poolId()));
            return new Move<>(ScalePool.State.DONE, data, commands);
        }
        return new Move<>(ScalePool.State.DELETING, retiring(data, 0, commands), commands);
    }

    static Move<ScalePool.State, PoolData> leaving(PoolData data, MachineEvent.MachineDeleted event) {
        return leaving(gone(data, event.machineId()), givenBack(data, event.machineId()));
    }

    static Move<ScalePool.State, PoolData> leaving(PoolData data, Trigger.CommandRefused refusal) {
        return refusal.command() instanceof MachineCommand.RetireMachine retire
                ? leaving(gone(data, retire.machineId()), givenBack(data, retire.machineId()))
                : leaving(data, List.of());
    }

    private static PoolData ready(PoolData data, MachineId machineId) {
        SortedMap<Integer, PoolMember> members = new TreeMap<>(data.members());
        members.replaceAll((ordinal, member) -> member.machineId().equals(machineId) ? member.asReady() : member);
        return data.with(members, data.generations());
    }

    private static PoolData gone(PoolData data, MachineId machineId) {
        SortedMap<Integer, PoolMember> members = new TreeMap<>(data.members());
        members.values().removeIf(member -> member.machineId().equals(machineId));
        return data.with(members, data.generations());
    }

    private static List<Command> givenBack(PoolData data, MachineId machineId) {
        boolean ours = data.members().values().stream()
                .anyMatch(member -> member.machineId().equals(machineId));
        return ours ? List.of(new NetworkCommand.ReleaseVmId(data.region(), machineId)) : List.of();
    }

    /**
     * Takes machines for members that are wanted no more and may have been reserved by a run for a deadline which a
     * crash made forgotten. They are retired with the others; where there is none, the refusal says so.
     */
    static PoolData withForgotten(PoolData data, int keep) {
        PoolData all = data;
        for (int ordinal = keep; ordinal < data.target(); ordinal++) {
            if (!data.members().containsKey(ordinal)) {
                all = all.withComing(ordinal, data.nextOf(ordinal));
            }
        }
        return all;
    }

    /**
     * Takes in a wanted machine that a forgotten run has reserved, and that is told of before the next run reserves it:
     * it would be waited for, and what is told comes once.
     */
    private static PoolData withOwn(PoolData data, MachineId machineId) {
        for (int ordinal = 0; ordinal < data.target(); ordinal++) {
            PoolMember member = data.nextOf(ordinal);
            if (!data.members().containsKey(ordinal) && member.machineId().equals(machineId)) {
                return data.withComing(ordinal, member);
            }
        }
        return data;
    }

    /** A machine that could not be reserved is not a member; the next event or deadline tries its ordinal again. */
    static PoolData withoutRefused(PoolData data, Trigger.CommandRefused refusal) {
        return refusal.command() instanceof NetworkCommand.ReserveMachine reserve
                ? gone(data, reserve.machineId())
                : data;
    }

    private static Command reserve(PoolData data, int ordinal, PoolMember member) {
        return new NetworkCommand.ReserveMachine(
                data.region(),
                member.machineId(),
                data.clusterId(),
                data.poolId(),
                data.organizationId(),
                MachineRole.WORKER,
                MachineNames.worker(data.clusterName(), data.name(), data.poolId(), ordinal, member.generation()),
                data.shape());
    }
}
