package aether.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.HibernationReason;
import aether.domain.kernel.Command;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineShape;
import aether.domain.machine.MachineStatus;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolStatus;
import aether.domain.organization.OrganizationCommand;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A deadline lets a pool reserve what was not to be had before; then the process dies, forgets it, and meets another
 * wish of the customer before the deadline comes again.
 */
class ForgottenRunTest {

    private static final ClusterId CLUSTER = new ClusterId(NameBasedId.of("cluster"));
    private static final NodePoolId WAITING = new NodePoolId(NameBasedId.of("waiting"));
    private static final NodePoolId GREEDY = new NodePoolId(NameBasedId.of("greedy"));
    private static final MachineShape SHAPE = new MachineShape(1, 1, 10);

    static Stream<List<Command>> wishes() {
        return Stream.of(
                List.of(new NodePoolCommand.DeleteNodePool(WAITING)),
                List.of(new NodePoolCommand.ScaleNodePool(WAITING, 0, 1)),
                List.of(
                        new NodePoolCommand.ScaleNodePool(WAITING, 1, 1),
                        new NodePoolCommand.ScaleNodePool(WAITING, 3, 3)),
                List.of(new ClusterCommand.HibernateCluster(CLUSTER, HibernationReason.COST, "")),
                List.of(new ClusterCommand.DeleteCluster(CLUSTER)));
    }

    @ParameterizedTest
    @MethodSource("wishes")
    void leavesNoMachineBehind(List<Command> wishes) {
        for (Platform.Death death : Platform.Death.values()) {
            for (int send = 0; send < 5; send++) {
                leavesNoMachineBehind(wishes, send, death);
            }
        }
    }

    private static void leavesNoMachineBehind(List<Command> wishes, int send, Platform.Death death) {
        Platform platform = new Platform();
        MemoryLog log = platform.log();
        Script.open(platform);
        log.send(new OrganizationCommand.RequestCluster(
                Script.ORGANIZATION,
                CLUSTER,
                "c",
                Script.REGION,
                KubernetesVersion.SUPPORTED.getFirst(),
                false,
                Channel.API));
        log.send(new ClusterCommand.RequestNodePool(CLUSTER, GREEDY, "greedy", 6, 6, SHAPE));
        platform.settle();
        log.send(new ClusterCommand.RequestNodePool(CLUSTER, WAITING, "waiting", 3, 3, SHAPE));
        platform.settle();
        assertThat(log.pool(WAITING.stream()).status()).isEqualTo(NodePoolStatus.DEGRADED);
        log.send(new NodePoolCommand.DeleteNodePool(GREEDY));
        platform.settle();

        platform.dieAt(platform.sends() + send, death);
        Platform.survive(() -> platform.deadlines().forEach(Runnable::run));
        wishes.forEach(log::send);
        platform.settle();
        platform.deadlines().forEach(Runnable::run);
        platform.settle();

        int wanted = wishes.size() > 1 ? 3 : wishes.getFirst() instanceof NodePoolCommand.ScaleNodePool ? 1 : 0;
        assertThat(log.machines().values().stream()
                        .filter(machine -> machine.reservation() != null
                                && WAITING.equals(machine.reservation().poolId())
                                && machine.status() != MachineStatus.DELETED)
                        .count())
                .isEqualTo(wanted);
        Script.deleteEverything(log);
        platform.settle();
        assertThat(log.region(NetworkCommand.stream(Script.REGION)).vmIds()).isEmpty();
    }
}
