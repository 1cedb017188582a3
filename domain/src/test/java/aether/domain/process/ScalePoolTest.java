package aether.domain.process;

import static aether.domain.process.TableWalk.happened;
import static aether.domain.process.TableWalk.late;
import static aether.domain.process.TableWalk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.Command;
import aether.domain.kernel.DnsLabel;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.process.ScalePool.State;
import aether.domain.samples.Samples;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ScalePoolTest {

    private static final ClusterEvent.AddonsInstalled INSTALLED = new ClusterEvent.AddonsInstalled(Samples.CLUSTER, 1);
    private static final NodePoolEvent.NodePoolDeletionRequested DELETION =
            new NodePoolEvent.NodePoolDeletionRequested(Samples.POOL, Samples.CLUSTER);

    private static final NodePoolEvent.NodePoolHibernationStarted SLEEP =
            new NodePoolEvent.NodePoolHibernationStarted(Samples.POOL, Samples.CLUSTER);
    private static final NodePoolEvent.NodePoolWoken WAKE =
            new NodePoolEvent.NodePoolWoken(Samples.POOL, Samples.CLUSTER);
    private static final Class<? extends Command> RESERVE = NetworkCommand.ReserveMachine.class;

    /** The pool exists as long as this process lives, and it may be called degraded at any time. */
    private static final Set<Class<? extends Command>> NEVER_REFUSED = Set.of(
            NodePoolCommand.RecordPoolDegraded.class,
            NodePoolCommand.RecordPoolRolled.class,
            NodePoolCommand.RecordPoolHibernated.class,
            NetworkCommand.ReleaseVmId.class);

    private final TableWalk<State, PoolData> walk = new TableWalk<>(ScalePool.TABLE);

    @TestFactory
    Stream<DynamicTest> theTable() {
        return Stream.of(
                DynamicTest.dynamicTest("waitsForTheCluster", this::waitsForTheCluster),
                DynamicTest.dynamicTest("growsAndShrinks", this::growsAndShrinks),
                DynamicTest.dynamicTest("replacesWhatIsLost", this::replacesWhatIsLost),
                DynamicTest.dynamicTest("replacesAllOneAfterTheOther", this::replacesAllOneAfterTheOther),
                DynamicTest.dynamicTest("replacementsThatOverlap", this::replacementsThatOverlap),
                DynamicTest.dynamicTest("triesAgainWhatWasRefused", this::triesAgainWhatWasRefused),
                DynamicTest.dynamicTest(
                        "isScaledWhileThereIsNoRoomToReplaceNodes", this::isScaledWhileThereIsNoRoomToReplaceNodes),
                DynamicTest.dynamicTest("takesInTheMachineOfAForgottenRun", this::takesInTheMachineOfAForgottenRun),
                DynamicTest.dynamicTest("takesEveryMachineDown", this::takesEveryMachineDown),
                DynamicTest.dynamicTest("sleepsAndWakes", this::sleepsAndWakes),
                DynamicTest.dynamicTest("isCaughtOnItsWay", this::isCaughtOnItsWay),
                DynamicTest.dynamicTest("ignoresWhatComesAtAnotherTime", this::ignoresWhatComesAtAnotherTime),
                DynamicTest.dynamicTest("everyRowIsVisited", this::everyRowIsVisited));
    }

    private void everyRowIsVisited() {
        assertThat(walk.missed()).isEmpty();
        assertThat(walk.withoutRefusalRow(NEVER_REFUSED)).isEmpty();
    }

    private void waitsForTheCluster() {
        PoolData data = walk.row(null, null, happened(requested(1, false)), State.WAITING_FOR_CLUSTER);
        data = walk.row(State.WAITING_FOR_CLUSTER, data, happened(scaled(2)), State.WAITING_FOR_CLUSTER);
        walk.row(
                State.WAITING_FOR_CLUSTER,
                data,
                happened(INSTALLED),
                State.SCALING,
                NetworkCommand.ReserveMachine.class,
                NetworkCommand.ReserveMachine.class);
        PoolData none = walk.row(State.WAITING_FOR_CLUSTER, data, happened(scaled(0)), State.WAITING_FOR_CLUSTER);
        walk.row(
                State.WAITING_FOR_CLUSTER,
                none,
                happened(INSTALLED),
                State.STEADY,
                NodePoolCommand.RecordPoolRunning.class);
        walk.row(
                State.WAITING_FOR_CLUSTER,
                data,
                happened(DELETION),
                State.DONE,
                NodePoolCommand.ConfirmPoolDeleted.class,
                ClusterCommand.ReleasePoolName.class);
    }

    private void growsAndShrinks() {
        PoolData data = walk.row(
                null,
                null,
                happened(requested(2, true)),
                State.SCALING,
                NetworkCommand.ReserveMachine.class,
                NetworkCommand.ReserveMachine.class);
        walk.row(null, null, happened(requested(0, true)), State.STEADY, NodePoolCommand.RecordPoolRunning.class);
        data = walk.row(State.SCALING, data, happened(ready(data, 0)), State.SCALING);
        data = walk.row(
                State.SCALING, data, happened(ready(data, 1)), State.STEADY, NodePoolCommand.RecordPoolRunning.class);
        walk.row(State.STEADY, data, happened(ready(data, 1)), State.STEADY, NodePoolCommand.RecordPoolRunning.class);
        walk.row(State.STEADY, data, refused(new NodePoolCommand.RecordPoolRunning(Samples.POOL, 2)), State.STEADY);
        data = walk.row(State.STEADY, data, happened(scaled(1)), State.SCALING, MachineCommand.RetireMachine.class);
        MachineId leaving = machine(data, 1);
        walk.row(
                State.SCALING,
                data,
                refused(new MachineCommand.RetireMachine(leaving)),
                State.STEADY,
                NetworkCommand.ReleaseVmId.class,
                NodePoolCommand.RecordPoolRunning.class);
        data = walk.row(
                State.SCALING,
                data,
                happened(deleted(leaving)),
                State.STEADY,
                NetworkCommand.ReleaseVmId.class,
                NodePoolCommand.RecordPoolRunning.class);
        data = walk.row(State.STEADY, data, happened(scaled(2)), State.SCALING, NetworkCommand.ReserveMachine.class);
        assertThat(machine(data, 1)).isNotEqualTo(leaving);

        PoolData two = steady(2);
        walk.row(
                State.STEADY,
                two,
                happened(new NodePoolEvent.NodePoolScaled(Samples.POOL, Samples.CLUSTER, 2, 9, 2)),
                State.STEADY,
                NodePoolCommand.RecordPoolRunning.class);
        two = walk.row(
                State.STEADY,
                two,
                happened(scaled(0)),
                State.SCALING,
                MachineCommand.RetireMachine.class,
                MachineCommand.RetireMachine.class);
        walk.row(
                State.SCALING,
                two,
                refused(new MachineCommand.RetireMachine(machine(two, 1))),
                State.SCALING,
                NetworkCommand.ReleaseVmId.class);
    }

    private void replacesWhatIsLost() {
        PoolData steady = steady();
        PoolData data = walk.row(
                State.STEADY,
                steady,
                happened(lost(machine(steady, 0))),
                State.SCALING,
                NodePoolCommand.RecordPoolDegraded.class,
                MachineCommand.RetireMachine.class);
        walk.row(State.SCALING, data, happened(lost(machine(steady, 0))), State.SCALING);
        data = walk.row(
                State.SCALING,
                data,
                happened(deleted(machine(steady, 0))),
                State.SCALING,
                NetworkCommand.ReleaseVmId.class,
                NetworkCommand.ReserveMachine.class);
        assertThat(machine(data, 0)).isNotEqualTo(machine(steady, 0));

        walk.row(
                State.STEADY,
                steady,
                happened(deleted(machine(steady, 0))),
                State.SCALING,
                NetworkCommand.ReleaseVmId.class,
                NetworkCommand.ReserveMachine.class);
        for (MachineEvent foreign : List.of(lost(Samples.WORKER), deleted(Samples.WORKER))) {
            walk.row(State.STEADY, steady, happened(foreign), State.STEADY, NodePoolCommand.RecordPoolRunning.class);
        }
    }

    /** One more comes first; then each of before goes and its place is filled; last the one too many goes. */
    private void replacesAllOneAfterTheOther() {
        PoolData data = steady(2);
        MachineId first = machine(data, 0);
        MachineId second = machine(data, 1);
        data = walk.row(State.STEADY, data, happened(rolled(1)), State.SCALING, NetworkCommand.ReserveMachine.class);
        data = walk.row(
                State.SCALING, data, happened(ready(data, 2)), State.SCALING, MachineCommand.RetireMachine.class);
        data = replaced(data, first, 0);
        PoolData moving = walk.row(State.SCALING, data, late(), State.SCALING);
        walk.row(State.SCALING, moving, late(), State.SCALING, NodePoolCommand.RecordPoolDegraded.class);
        data = walk.row(
                State.SCALING, data, happened(ready(data, 0)), State.SCALING, MachineCommand.RetireMachine.class);
        data = replaced(data, second, 1);
        data = walk.row(
                State.SCALING, data, happened(ready(data, 1)), State.SCALING, MachineCommand.RetireMachine.class);
        assertThat(machine(data, 0)).isNotEqualTo(first);
        assertThat(machine(data, 1)).isNotEqualTo(second);
        data = walk.row(
                State.SCALING,
                data,
                happened(deleted(machine(data, 2))),
                State.STEADY,
                NetworkCommand.ReleaseVmId.class,
                NodePoolCommand.RecordPoolRunning.class,
                NodePoolCommand.RecordPoolRolled.class);
        assertThat(data.roll()).isZero();
        assertThat(data.members()).hasSize(2);
    }

    private PoolData replaced(PoolData data, MachineId machine, int ordinal) {
        PoolData next = walk.row(
                State.SCALING,
                data,
                happened(deleted(machine)),
                State.SCALING,
                NetworkCommand.ReleaseVmId.class,
                NetworkCommand.ReserveMachine.class);
        assertThat(machine(next, ordinal)).isNotEqualTo(machine);
        return next;
    }

    private void replacementsThatOverlap() {
        PoolData none = walk.row(
                null, null, happened(requested(0, true)), State.STEADY, NodePoolCommand.RecordPoolRunning.class);
        walk.row(
                State.STEADY,
                none,
                happened(rolled(1)),
                State.STEADY,
                NodePoolCommand.RecordPoolRunning.class,
                NodePoolCommand.RecordPoolRolled.class);
        PoolData waiting = walk.row(null, null, happened(requested(1, false)), State.WAITING_FOR_CLUSTER);
        walk.row(
                State.WAITING_FOR_CLUSTER,
                waiting,
                happened(rolled(1)),
                State.WAITING_FOR_CLUSTER,
                NodePoolCommand.RecordPoolRolled.class);
        PoolData rolling = walk.row(
                State.STEADY, steady(1), happened(rolled(1)), State.SCALING, NetworkCommand.ReserveMachine.class);
        rolling = walk.row(State.SCALING, rolling, happened(rolled(2)), State.SCALING);
        assertThat(rolling.members().values()).allMatch(PoolMember::outdated);
        assertThat(rolling.roll()).isEqualTo(2);
        PoolData shrunk = walk.row(
                State.SCALING,
                rolling,
                happened(scaled(0)),
                State.SCALING,
                MachineCommand.RetireMachine.class,
                MachineCommand.RetireMachine.class);
        shrunk = walk.row(
                State.SCALING,
                shrunk,
                happened(deleted(machine(shrunk, 0))),
                State.SCALING,
                NetworkCommand.ReleaseVmId.class);
        walk.row(
                State.SCALING,
                shrunk,
                happened(deleted(machine(shrunk, 1))),
                State.STEADY,
                NetworkCommand.ReleaseVmId.class,
                NodePoolCommand.RecordPoolRunning.class,
                NodePoolCommand.RecordPoolRolled.class);
        PoolData empty = walk.row(
                State.SCALING,
                walk.row(State.SCALING, shrunk, happened(scaled(0)), State.SCALING),
                refused(new MachineCommand.RetireMachine(machine(shrunk, 1))),
                State.STEADY,
                NetworkCommand.ReleaseVmId.class,
                NodePoolCommand.RecordPoolRunning.class,
                NodePoolCommand.RecordPoolRolled.class);
        walk.row(
                State.SCALING,
                empty,
                happened(rolled(3)),
                State.STEADY,
                NodePoolCommand.RecordPoolRunning.class,
                NodePoolCommand.RecordPoolRolled.class);
    }

    private static NodePoolEvent.NodePoolRollStarted rolled(int roll) {
        return new NodePoolEvent.NodePoolRollStarted(Samples.POOL, Samples.CLUSTER, roll);
    }

    private void triesAgainWhatWasRefused() {
        Reaction<State, PoolData> begun = walk.reaction(null, null, happened(requested(1, true)));
        Command reserve = begun.commands().getFirst();
        PoolData data = walk.row(
                State.SCALING,
                begun.progress().data(),
                refused(reserve),
                State.SCALING,
                NodePoolCommand.RecordPoolDegraded.class);
        walk.row(
                State.SCALING,
                data,
                late(),
                State.SCALING,
                NodePoolCommand.RecordPoolDegraded.class,
                NetworkCommand.ReserveMachine.class);
        // A run for that deadline may be forgotten, so what it may have reserved has to go with the pool.
        walk.row(State.SCALING, data, happened(DELETION), State.DELETING, MachineCommand.RetireMachine.class);
        walk.row(State.SCALING, data, happened(scaled(0)), State.SCALING, MachineCommand.RetireMachine.class);
    }

    /** A run for a deadline reserved it and was forgotten; what is told of it afterwards is told once. */
    private void takesInTheMachineOfAForgottenRun() {
        Reaction<State, PoolData> begun = walk.reaction(null, null, happened(requested(1, true)));
        PoolData refused = walk.row(
                State.SCALING,
                begun.progress().data(),
                refused(begun.commands().getFirst()),
                State.SCALING,
                NodePoolCommand.RecordPoolDegraded.class);
        PoolData reserved =
                walk.reaction(State.SCALING, refused, late()).progress().data();
        MachineId own = machine(Objects.requireNonNull(reserved), 0);
        MachineEvent.MachineReady ready =
                new MachineEvent.MachineReady(own, Samples.CLUSTER, Samples.POOL, MachineRole.WORKER, 1);
        PoolData steady = walk.row(
                State.SCALING, refused, happened(ready), State.STEADY, NodePoolCommand.RecordPoolRunning.class);
        assertThat(machine(steady, 0)).isEqualTo(own);
        walk.row(
                State.SCALING,
                refused,
                happened(lost(own)),
                State.SCALING,
                NodePoolCommand.RecordPoolDegraded.class,
                MachineCommand.RetireMachine.class);
    }

    /** Nobody may take a machine that was never reserved for one that is coming. */
    private void isScaledWhileThereIsNoRoomToReplaceNodes() {
        Reaction<State, PoolData> rolling = walk.reaction(State.STEADY, steady(1), happened(rolled(1)));
        PoolData waiting = walk.row(
                State.SCALING,
                rolling.progress().data(),
                refused(rolling.commands().getFirst()),
                State.SCALING,
                NodePoolCommand.RecordPoolDegraded.class);
        walk.row(State.SCALING, waiting, happened(scaled(1)), State.SCALING, NetworkCommand.ReserveMachine.class);
    }

    private void takesEveryMachineDown() {
        PoolData steady = steady();
        PoolData data =
                walk.row(State.STEADY, steady, happened(DELETION), State.DELETING, MachineCommand.RetireMachine.class);
        walk.row(State.DELETING, data, late(), State.DELETING);
        walk.row(State.DELETING, data, happened(deleted(Samples.LOAD_BALANCER)), State.DELETING);
        walk.row(
                State.DELETING,
                data,
                happened(deleted(machine(data, 0))),
                State.DONE,
                NetworkCommand.ReleaseVmId.class,
                NodePoolCommand.ConfirmPoolDeleted.class,
                ClusterCommand.ReleasePoolName.class);
        walk.row(
                State.DELETING,
                data,
                refused(new MachineCommand.RetireMachine(machine(data, 0))),
                State.DONE,
                NetworkCommand.ReleaseVmId.class,
                NodePoolCommand.ConfirmPoolDeleted.class,
                ClusterCommand.ReleasePoolName.class);
        PoolData two = walk.row(
                State.STEADY,
                steady(2),
                happened(DELETION),
                State.DELETING,
                MachineCommand.RetireMachine.class,
                MachineCommand.RetireMachine.class);
        walk.row(
                State.DELETING,
                two,
                refused(new MachineCommand.RetireMachine(machine(two, 0))),
                State.DELETING,
                NetworkCommand.ReleaseVmId.class);
        PoolData none = walk.row(
                null, null, happened(requested(0, true)), State.STEADY, NodePoolCommand.RecordPoolRunning.class);
        walk.row(
                State.STEADY,
                none,
                happened(DELETION),
                State.DONE,
                NodePoolCommand.ConfirmPoolDeleted.class,
                ClusterCommand.ReleasePoolName.class);
    }

    /** Every machine goes; what is wanted stays, may change meanwhile, and comes back as new machines. */
    private void sleepsAndWakes() {
        PoolData data = steady(2);
        MachineId first = machine(data, 0);
        MachineId second = machine(data, 1);
        data = walk.row(
                State.STEADY,
                data,
                happened(SLEEP),
                State.HIBERNATING,
                MachineCommand.RetireMachine.class,
                MachineCommand.RetireMachine.class);
        walk.row(State.HIBERNATING, data, late(), State.HIBERNATING);
        data = walk.row(
                State.HIBERNATING, data, happened(deleted(first)), State.HIBERNATING, NetworkCommand.ReleaseVmId.class);
        data = walk.row(
                State.HIBERNATING,
                data,
                happened(deleted(second)),
                State.HIBERNATED,
                NetworkCommand.ReleaseVmId.class,
                NodePoolCommand.RecordPoolHibernated.class);
        assertThat(data.members()).isEmpty();
        assertThat(data.desired()).isEqualTo(2);
        PoolData none = walk.row(State.HIBERNATED, data, happened(scaled(0)), State.HIBERNATED);
        walk.row(State.HIBERNATED, none, happened(WAKE), State.STEADY, NodePoolCommand.RecordPoolRunning.class);
        data = walk.row(State.HIBERNATED, data, happened(scaled(3)), State.HIBERNATED);
        data = walk.row(
                State.HIBERNATED,
                data,
                happened(WAKE),
                State.SCALING,
                NetworkCommand.ReserveMachine.class,
                NetworkCommand.ReserveMachine.class,
                NetworkCommand.ReserveMachine.class);
        assertThat(machine(data, 0)).isNotEqualTo(first);
        assertThat(machine(data, 1)).isNotEqualTo(second);
        walk.row(
                State.HIBERNATED,
                none,
                happened(DELETION),
                State.DONE,
                NodePoolCommand.ConfirmPoolDeleted.class,
                ClusterCommand.ReleasePoolName.class);
    }

    private void isCaughtOnItsWay() {
        PoolData waiting = walk.row(null, null, happened(requested(1, false)), State.WAITING_FOR_CLUSTER);
        walk.row(
                State.WAITING_FOR_CLUSTER,
                waiting,
                happened(SLEEP),
                State.HIBERNATED,
                NodePoolCommand.RecordPoolHibernated.class);
        PoolData none = walk.row(
                null, null, happened(requested(0, true)), State.STEADY, NodePoolCommand.RecordPoolRunning.class);
        walk.row(State.STEADY, none, happened(SLEEP), State.HIBERNATED, NodePoolCommand.RecordPoolHibernated.class);
        PoolData rolling = walk.row(
                State.STEADY, steady(1), happened(rolled(1)), State.SCALING, NetworkCommand.ReserveMachine.class);
        rolling = walk.row(
                State.SCALING,
                rolling,
                happened(SLEEP),
                State.HIBERNATING,
                MachineCommand.RetireMachine.class,
                MachineCommand.RetireMachine.class);
        rolling = walk.row(
                State.HIBERNATING,
                rolling,
                refused(new MachineCommand.RetireMachine(machine(rolling, 1))),
                State.HIBERNATING,
                NetworkCommand.ReleaseVmId.class);
        PoolData asleep = walk.row(
                State.HIBERNATING,
                rolling,
                refused(new MachineCommand.RetireMachine(machine(rolling, 0))),
                State.HIBERNATED,
                NetworkCommand.ReleaseVmId.class,
                NodePoolCommand.RecordPoolRolled.class,
                NodePoolCommand.RecordPoolHibernated.class);
        assertThat(asleep.roll()).isZero();
        PoolData woken = walk.row(State.HIBERNATING, rolling, happened(WAKE), State.SCALING, RESERVE);
        assertThat(machine(woken, 0)).as("it goes still, and is followed").isEqualTo(machine(rolling, 0));
        walk.row(State.HIBERNATING, rolling, happened(scaled(3)), State.HIBERNATING);
        walk.row(State.HIBERNATING, rolling, happened(DELETION), State.DELETING);
    }

    private void ignoresWhatComesAtAnotherTime() {
        PoolData one = steady();
        for (State state : List.of(State.WAITING_FOR_CLUSTER, State.SCALING, State.STEADY, State.DELETING)) {
            walk.ignores(state, one, WAKE);
        }
        walk.ignores(State.DELETING, one, SLEEP);
        for (State state : List.of(State.HIBERNATING, State.HIBERNATED)) {
            walk.ignores(state, one, INSTALLED);
            walk.ignores(state, one, SLEEP);
            walk.ignores(state, one, rolled(1));
            walk.ignores(state, one, ready(one, 0));
            walk.ignores(state, one, lost(machine(one, 0)));
        }
        walk.ignores(State.HIBERNATED, one, deleted(machine(one, 0)));
        PoolData data = steady();
        for (MachineEvent event : List.of(ready(data, 0), lost(machine(data, 0)), deleted(machine(data, 0)))) {
            walk.ignores(State.WAITING_FOR_CLUSTER, data, event);
        }
        for (State state : List.of(State.SCALING, State.STEADY, State.DELETING)) {
            walk.ignores(state, data, INSTALLED);
        }
        walk.ignores(State.DELETING, data, scaled(3));
        walk.ignores(State.DELETING, data, DELETION);
        walk.ignores(State.DELETING, data, rolled(1));
        walk.ignores(State.DELETING, data, ready(data, 0));
        walk.ignores(State.DELETING, data, lost(machine(data, 0)));
    }

    @Test
    void namesMachinesAsDnsLabelsThatDifferPerOrdinalAndGeneration() {
        NodePoolEvent.NodePoolRequested longest = new NodePoolEvent.NodePoolRequested(
                Samples.POOL,
                Samples.CLUSTER,
                Samples.ORGANIZATION,
                "a".repeat(63),
                Samples.REGION,
                "b".repeat(63),
                200,
                200,
                Samples.SHAPE,
                true);

        List<Command> commands = walk.reaction(null, null, happened(longest)).commands();

        assertThat(commands)
                .map(command -> ((NetworkCommand.ReserveMachine) command).name())
                .hasSize(200)
                .doesNotHaveDuplicates()
                .allMatch(DnsLabel::isValid);
    }

    private PoolData steady() {
        return steady(1);
    }

    private PoolData steady(int size) {
        PoolData data = Objects.requireNonNull(walk.reaction(null, null, happened(requested(size, true)))
                .progress()
                .data());
        for (int ordinal = 0; ordinal < size; ordinal++) {
            data = Objects.requireNonNull(walk.reaction(State.SCALING, data, happened(ready(data, ordinal)))
                    .progress()
                    .data());
        }
        return data;
    }

    private static NodePoolEvent.NodePoolRequested requested(int size, boolean clusterReady) {
        return new NodePoolEvent.NodePoolRequested(
                Samples.POOL,
                Samples.CLUSTER,
                Samples.ORGANIZATION,
                "shop",
                Samples.REGION,
                "web",
                size,
                Math.max(1, size),
                Samples.SHAPE,
                clusterReady);
    }

    private static NodePoolEvent.NodePoolScaled scaled(int desired) {
        return new NodePoolEvent.NodePoolScaled(Samples.POOL, Samples.CLUSTER, desired, Math.max(1, desired), desired);
    }

    private static MachineId machine(PoolData data, int ordinal) {
        PoolMember member = data.members().get(ordinal);
        if (member == null) {
            throw new AssertionError("Expected a member " + ordinal + ", but got " + data);
        }
        return member.machineId();
    }

    private static MachineEvent.MachineReady ready(PoolData data, int ordinal) {
        return new MachineEvent.MachineReady(
                machine(data, ordinal), Samples.CLUSTER, Samples.POOL, MachineRole.WORKER, 1);
    }

    private static MachineEvent.MachineLost lost(MachineId machine) {
        return new MachineEvent.MachineLost(machine, Samples.CLUSTER, Samples.POOL, 1, "unplugged");
    }

    private static MachineEvent.MachineDeleted deleted(MachineId machine) {
        return new MachineEvent.MachineDeleted(machine, Samples.CLUSTER, Samples.POOL, MachineRole.WORKER, 1);
    }
}
