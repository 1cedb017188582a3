package aether.domain.process;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.machine.MachineShape;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps a node pool at its wanted size for as long as it lives, replaces what is lost, and takes it down. */
public final class ScalePool {

    /** Where the pool is. */
    public enum State {
        /** Nodes cannot join before the cluster's addons are there. */
        WAITING_FOR_CLUSTER,
        /** Machines are on their way in or out. */
        SCALING,
        /** Every wanted machine is ready. */
        STEADY,
        /** The cluster is put to sleep: all machines are on their way out, and will come back. */
        HIBERNATING,
        /** The cluster sleeps, and the pool has no machine. */
        HIBERNATED,
        /** All machines are on their way out. */
        DELETING,
        /** Over: the pool is gone. */
        DONE
    }

    /**
     * One machine of the pool.
     *
     * @param generation how many machines with this ordinal came before
     * @param outdated whether it is to be replaced by a new one
     */
    public record Member(MachineId machineId, int generation, boolean ready, boolean leaving, boolean outdated) {
        private static Member coming(NodePoolId pool, int ordinal, int generation) {
            return new Member(machineOf(pool, ordinal, generation), generation, false, false, false);
        }

        private Member asReady() {
            return new Member(machineId, generation, true, leaving, outdated);
        }

        private Member asLeaving() {
            return new Member(machineId, generation, ready, true, outdated);
        }

        private Member asOutdated() {
            return new Member(machineId, generation, ready, leaving, true);
        }

        private boolean serves() {
            return ready && !leaving;
        }
    }

    /**
     * What the pool remembers.
     *
     * @param members the machines that exist or are on their way, by ordinal
     * @param generations how many machines each ordinal has had
     * @param roll the replacement of all machines that is under way; 0 while there is none
     * @param outdatedBefore how many machines had to be replaced when it was last looked whether that moves on
     */
    public record Data(
            NodePoolId poolId,
            ClusterId clusterId,
            OrganizationId organizationId,
            String clusterName,
            String region,
            String name,
            MachineShape shape,
            int desired,
            SortedMap<Integer, Member> members,
            SortedMap<Integer, Integer> generations,
            int roll,
            int outdatedBefore) {
        public Data {
            members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
            generations = Collections.unmodifiableSortedMap(new TreeMap<>(generations));
        }

        private Data wanting(int next) {
            return new Data(
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

        private Data rolling(int next, int outdatedNow) {
            return new Data(
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

        private Data with(SortedMap<Integer, Member> next, SortedMap<Integer, Integer> nextGenerations) {
            return new Data(
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

        private int outdated() {
            return (int) members.values().stream().filter(Member::outdated).count();
        }

        /** How many machines are wanted now: one more while they are replaced, so that none is missed meanwhile. */
        private int target() {
            boolean renewed = members.headMap(desired).size() == desired
                    && members.headMap(desired).values().stream()
                            .allMatch(member -> member.serves() && !member.outdated());
            return roll == 0 || renewed ? desired : desired + 1;
        }

        private boolean isSettled() {
            return members.size() == target() && members.values().stream().allMatch(Member::serves);
        }
    }

    /** How long the pool may be away from its size before it is called degraded. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** The table. */
    public static final ProcessTable<State, Data> TABLE = table();

    private ScalePool() {}

    private static ProcessTable<State, Data> table() {
        ProcessTable.Builder<State, Data> table = ProcessTable.<State, Data>named("ScalePool", State.class)
                .deadline(State.SCALING, PATIENCE)
                .deadline(State.HIBERNATING, PATIENCE)
                .deadline(State.DELETING, PATIENCE)
                .end(State.DONE)
                .start(
                        NodePoolEvent.NodePoolRequested.class,
                        ScalePool::begin,
                        State.WAITING_FOR_CLUSTER,
                        State.SCALING,
                        State.STEADY)
                .on(
                        State.WAITING_FOR_CLUSTER,
                        ClusterEvent.AddonsInstalled.class,
                        (data, event) -> level(data, List.of()),
                        State.SCALING,
                        State.STEADY)
                .on(
                        State.WAITING_FOR_CLUSTER,
                        NodePoolEvent.NodePoolScaled.class,
                        (data, event) -> Move.to(State.WAITING_FOR_CLUSTER, data.wanting(event.desired())),
                        State.WAITING_FOR_CLUSTER)
                .ignore(
                        State.WAITING_FOR_CLUSTER,
                        MachineEvent.MachineReady.class,
                        MachineEvent.MachineLost.class,
                        MachineEvent.MachineDeleted.class);
        table.on(State.SCALING, NodePoolEvent.NodePoolScaled.class, ScalePool::scaled, State.SCALING)
                .on(State.STEADY, NodePoolEvent.NodePoolScaled.class, ScalePool::scaled, State.SCALING, State.STEADY)
                .on(State.SCALING, MachineEvent.MachineReady.class, ScalePool::becameReady, State.SCALING, State.STEADY)
                .on(State.STEADY, MachineEvent.MachineReady.class, ScalePool::becameReady, State.STEADY)
                .on(State.SCALING, MachineEvent.MachineLost.class, ScalePool::lost, State.SCALING)
                .on(State.STEADY, MachineEvent.MachineLost.class, ScalePool::lost, State.SCALING, State.STEADY);
        table.on(
                        State.WAITING_FOR_CLUSTER,
                        NodePoolEvent.NodePoolRollStarted.class,
                        (data, event) -> Move.to(
                                State.WAITING_FOR_CLUSTER,
                                data,
                                new NodePoolCommand.RecordPoolRolled(data.poolId(), event.roll())),
                        State.WAITING_FOR_CLUSTER)
                .ignore(State.DELETING, NodePoolEvent.NodePoolRollStarted.class);
        for (State state : List.of(State.SCALING, State.STEADY)) {
            table.on(
                    state, NodePoolEvent.NodePoolRollStarted.class, ScalePool::replaceAll, State.SCALING, State.STEADY);
            table.on(
                            state,
                            MachineEvent.MachineDeleted.class,
                            (data, event) -> level(gone(data, event.machineId()), givenBack(data, event.machineId())),
                            State.SCALING,
                            State.STEADY)
                    .ignore(state, ClusterEvent.AddonsInstalled.class);
        }
        table.late(State.SCALING, ScalePool::late, State.SCALING)
                .refused(
                        State.SCALING,
                        NetworkCommand.ReserveMachine.class,
                        (data, refusal) -> Move.to(
                                State.SCALING,
                                withoutRefused(data, refusal),
                                new NodePoolCommand.RecordPoolDegraded(data.poolId(), refusal.message())),
                        State.SCALING)
                .refused(
                        State.SCALING,
                        MachineCommand.RetireMachine.class,
                        (data, refusal) -> level(withoutGone(data, refusal), givenBack(data, refusal)),
                        State.SCALING,
                        State.STEADY)
                .refused(
                        State.DELETING,
                        MachineCommand.RetireMachine.class,
                        (data, refusal) -> leaving(withoutGone(data, refusal), givenBack(data, refusal)),
                        State.DELETING,
                        State.DONE)
                // The pool was scaled or deleted meanwhile: the event that says so is on its way.
                .refused(
                        State.STEADY,
                        NodePoolCommand.RecordPoolRunning.class,
                        (data, refusal) -> Move.to(State.STEADY, data),
                        State.STEADY)
                .on(
                        State.DELETING,
                        MachineEvent.MachineDeleted.class,
                        (data, event) -> leaving(gone(data, event.machineId()), givenBack(data, event.machineId())),
                        State.DELETING,
                        State.DONE)
                .late(State.DELETING, (data, passed) -> Move.to(State.DELETING, data), State.DELETING)
                .ignore(
                        State.DELETING,
                        ClusterEvent.AddonsInstalled.class,
                        NodePoolEvent.NodePoolScaled.class,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        MachineEvent.MachineReady.class,
                        MachineEvent.MachineLost.class);
        table.on(
                        State.WAITING_FOR_CLUSTER,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        (data, event) -> leaving(data, List.of()),
                        State.DONE)
                .on(
                        State.SCALING,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        (data, event) -> leaving(withForgotten(data, 0), List.of()),
                        State.DELETING)
                .on(
                        State.STEADY,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        (data, event) -> leaving(data, List.of()),
                        State.DELETING,
                        State.DONE);
        sleep(table);
        return table.build();
    }

    /** Down to nothing and back; what is asked for meanwhile is kept. */
    private static void sleep(ProcessTable.Builder<State, Data> table) {
        table.on(
                        State.WAITING_FOR_CLUSTER,
                        NodePoolEvent.NodePoolHibernationStarted.class,
                        (data, event) -> sleeping(data, List.of()),
                        State.HIBERNATED)
                .on(
                        State.SCALING,
                        NodePoolEvent.NodePoolHibernationStarted.class,
                        (data, event) -> sleeping(withForgotten(data, 0), List.of()),
                        State.HIBERNATING)
                .on(
                        State.STEADY,
                        NodePoolEvent.NodePoolHibernationStarted.class,
                        (data, event) -> sleeping(data, List.of()),
                        State.HIBERNATING,
                        State.HIBERNATED)
                .on(
                        State.HIBERNATING,
                        MachineEvent.MachineDeleted.class,
                        (data, event) -> sleeping(gone(data, event.machineId()), givenBack(data, event.machineId())),
                        State.HIBERNATING,
                        State.HIBERNATED)
                .refused(
                        State.HIBERNATING,
                        MachineCommand.RetireMachine.class,
                        (data, refusal) -> sleeping(withoutGone(data, refusal), givenBack(data, refusal)),
                        State.HIBERNATING,
                        State.HIBERNATED)
                .late(State.HIBERNATING, (data, passed) -> Move.to(State.HIBERNATING, data), State.HIBERNATING)
                .on(
                        State.HIBERNATING,
                        NodePoolEvent.NodePoolWoken.class,
                        (data, event) -> level(data, List.of()),
                        State.SCALING)
                .on(
                        State.HIBERNATED,
                        NodePoolEvent.NodePoolWoken.class,
                        (data, event) -> level(data, List.of()),
                        State.SCALING,
                        State.STEADY)
                .on(
                        State.HIBERNATING,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        (data, event) -> leaving(data, List.of()),
                        State.DELETING)
                .on(
                        State.HIBERNATED,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        (data, event) -> leaving(data, List.of()),
                        State.DONE)
                .ignore(State.HIBERNATED, MachineEvent.MachineDeleted.class);
        for (State state : List.of(State.HIBERNATING, State.HIBERNATED)) {
            table.on(
                            state,
                            NodePoolEvent.NodePoolScaled.class,
                            (data, event) -> Move.to(state, data.wanting(event.desired())),
                            state)
                    .ignore(
                            state,
                            ClusterEvent.AddonsInstalled.class,
                            NodePoolEvent.NodePoolHibernationStarted.class,
                            NodePoolEvent.NodePoolRollStarted.class,
                            MachineEvent.MachineReady.class,
                            MachineEvent.MachineLost.class);
        }
        for (State state : List.of(State.WAITING_FOR_CLUSTER, State.SCALING, State.STEADY, State.DELETING)) {
            table.ignore(state, NodePoolEvent.NodePoolWoken.class); // only who sleeps is woken
        }
        table.ignore(State.DELETING, NodePoolEvent.NodePoolHibernationStarted.class);
    }

    /** Every machine that comes back is new, so a replacement of all of them is over with the last that goes. */
    private static Move<State, Data> sleeping(Data data, List<Command> first) {
        List<Command> commands = new ArrayList<>(first);
        if (data.members().isEmpty()) {
            if (data.roll() > 0) {
                commands.add(new NodePoolCommand.RecordPoolRolled(data.poolId(), data.roll()));
            }
            commands.add(new NodePoolCommand.RecordPoolHibernated(data.poolId()));
            return new Move<>(State.HIBERNATED, data.rolling(0, 0), commands);
        }
        SortedMap<Integer, Member> members = new TreeMap<>(data.members());
        members.entrySet().forEach(entry -> retire(entry, commands));
        return new Move<>(State.HIBERNATING, data.with(members, data.generations()), commands);
    }

    private static Move<State, Data> begin(NodePoolEvent.NodePoolRequested event) {
        Data data = new Data(
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
        return event.clusterReady() ? level(data, List.of()) : Move.to(State.WAITING_FOR_CLUSTER, data);
    }

    /** Compares the wanted size with the members: reserves what is missing, retires what is too much or outdated. */
    private static Move<State, Data> level(Data data, List<Command> first) {
        List<Command> commands = new ArrayList<>(first);
        SortedMap<Integer, Member> members = new TreeMap<>(data.members());
        SortedMap<Integer, Integer> generations = new TreeMap<>(data.generations());
        int target = data.target();
        for (int ordinal = 0; ordinal < target; ordinal++) {
            if (!members.containsKey(ordinal)) {
                int generation = generations.getOrDefault(ordinal, 0);
                Member member = Member.coming(data.poolId(), ordinal, generation);
                members.put(ordinal, member);
                generations.put(ordinal, generation + 1);
                commands.add(reserve(data, ordinal, member));
            }
        }
        for (Map.Entry<Integer, Member> entry : members.tailMap(target).entrySet()) {
            retire(entry, commands);
        }
        Data next = data.with(members, generations);
        return next.isSettled() ? settled(next, commands) : new Move<>(State.SCALING, next, commands);
    }

    /** All that are wanted serve: the next one is replaced, or all is as it should be. */
    private static Move<State, Data> settled(Data data, List<Command> first) {
        List<Command> commands = new ArrayList<>(first);
        if (data.outdated() > 0) {
            SortedMap<Integer, Member> members = new TreeMap<>(data.members());
            members.entrySet().stream()
                    .filter(entry -> entry.getValue().outdated())
                    .findFirst()
                    .ifPresent(entry -> retire(entry, commands));
            return new Move<>(State.SCALING, data.with(members, data.generations()), commands);
        }
        commands.add(new NodePoolCommand.RecordPoolRunning(data.poolId(), data.desired()));
        if (data.roll() > 0) {
            commands.add(new NodePoolCommand.RecordPoolRolled(data.poolId(), data.roll()));
        }
        return new Move<>(State.STEADY, data.rolling(0, 0), commands);
    }

    private static void retire(Map.Entry<Integer, Member> entry, List<Command> commands) {
        if (!entry.getValue().leaving()) {
            entry.setValue(entry.getValue().asLeaving());
            commands.add(new MachineCommand.RetireMachine(entry.getValue().machineId()));
        }
    }

    private static Move<State, Data> replaceAll(Data data, NodePoolEvent.NodePoolRollStarted event) {
        SortedMap<Integer, Member> members = new TreeMap<>(data.members());
        members.replaceAll((ordinal, member) -> member.asOutdated());
        Data outdated = data.with(members, data.generations());
        return level(outdated.rolling(event.roll(), outdated.outdated()), List.of());
    }

    /** A replacement of many machines is long; it is late only when it has not moved on. */
    private static Move<State, Data> late(Data data, Trigger.DeadlinePassed passed) {
        if (data.roll() > 0 && data.outdated() < data.outdatedBefore()) {
            return level(data.rolling(data.roll(), data.outdated()), List.of());
        }
        return level(
                data,
                List.of(new NodePoolCommand.RecordPoolDegraded(
                        data.poolId(), "the pool has not reached its size in time")));
    }

    private static Move<State, Data> scaled(Data data, NodePoolEvent.NodePoolScaled event) {
        return level(withForgotten(data, event.desired()).wanting(event.desired()), List.of());
    }

    private static Move<State, Data> becameReady(Data data, MachineEvent.MachineReady event) {
        return level(ready(data, event.machineId()), List.of());
    }

    private static Move<State, Data> lost(Data data, MachineEvent.MachineLost event) {
        SortedMap<Integer, Member> members = new TreeMap<>(data.members());
        List<Command> commands = new ArrayList<>();
        for (Map.Entry<Integer, Member> entry : members.entrySet()) {
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

    private static Move<State, Data> leaving(Data data, List<Command> first) {
        List<Command> commands = new ArrayList<>(first);
        if (data.members().isEmpty()) {
            commands.add(new NodePoolCommand.ConfirmPoolDeleted(data.poolId()));
            commands.add(new ClusterCommand.ReleasePoolName(data.clusterId(), data.poolId()));
            return new Move<>(State.DONE, data, commands);
        }
        SortedMap<Integer, Member> members = new TreeMap<>(data.members());
        members.entrySet().forEach(entry -> retire(entry, commands));
        return new Move<>(State.DELETING, data.with(members, data.generations()), commands);
    }

    private static Data ready(Data data, MachineId machineId) {
        SortedMap<Integer, Member> members = new TreeMap<>(data.members());
        members.replaceAll((ordinal, member) -> member.machineId().equals(machineId) ? member.asReady() : member);
        return data.with(members, data.generations());
    }

    private static Data gone(Data data, MachineId machineId) {
        SortedMap<Integer, Member> members = new TreeMap<>(data.members());
        members.values().removeIf(member -> member.machineId().equals(machineId));
        return data.with(members, data.generations());
    }

    private static List<Command> givenBack(Data data, MachineId machineId) {
        boolean ours = data.members().values().stream()
                .anyMatch(member -> member.machineId().equals(machineId));
        return ours ? List.of(new NetworkCommand.ReleaseVmId(data.region(), machineId)) : List.of();
    }

    /** Retiring is refused when the machine is gone already; the event that says so may have been seen or not. */
    private static Data withoutGone(Data data, Trigger.CommandRefused refusal) {
        return refusal.command() instanceof MachineCommand.RetireMachine retire ? gone(data, retire.machineId()) : data;
    }

    private static List<Command> givenBack(Data data, Trigger.CommandRefused refusal) {
        return refusal.command() instanceof MachineCommand.RetireMachine retire
                ? givenBack(data, retire.machineId())
                : List.of();
    }

    /**
     * Takes machines for members that are wanted no more and may have been reserved by a run for a deadline which a
     * crash made forgotten. They are retired with the others; where there is none, the refusal says so.
     */
    private static Data withForgotten(Data data, int keep) {
        SortedMap<Integer, Member> members = new TreeMap<>(data.members());
        SortedMap<Integer, Integer> generations = new TreeMap<>(data.generations());
        for (int ordinal = keep; ordinal < data.target(); ordinal++) {
            if (!members.containsKey(ordinal)) {
                int generation = generations.getOrDefault(ordinal, 0);
                members.put(ordinal, Member.coming(data.poolId(), ordinal, generation));
                generations.put(ordinal, generation + 1);
            }
        }
        return data.with(members, generations);
    }

    /** A machine that could not be reserved is not a member; the next event or deadline tries its ordinal again. */
    private static Data withoutRefused(Data data, Trigger.CommandRefused refusal) {
        return refusal.command() instanceof NetworkCommand.ReserveMachine reserve
                ? gone(data, reserve.machineId())
                : data;
    }

    private static Command reserve(Data data, int ordinal, Member member) {
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

    private static MachineId machineOf(NodePoolId poolId, int ordinal, int generation) {
        return new MachineId(NameBasedId.of("worker", poolId, ordinal, generation));
    }
}
