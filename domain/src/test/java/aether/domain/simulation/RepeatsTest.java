package aether.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineShape;
import aether.domain.machine.MachineState;
import aether.domain.machine.MachineStatus;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row that a story meets is run twice, late, and with a crash before and after each of its commands. The final
 * events are the same to the last one.
 */
class RepeatsTest {

    private static final ClusterId CLUSTER = new ClusterId(NameBasedId.of("cluster"));
    private static final NodePoolId POOL = new NodePoolId(NameBasedId.of("pool"));
    private static final MachineShape SHAPE = new MachineShape(1, 1, 10);

    /** Something a customer or the world does once everything before has come to rest. */
    record Story(String name, List<Consumer<Platform>> chapters) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Story> stories() {
        Consumer<Platform> request = says(new OrganizationCommand.RequestCluster(
                Script.ORGANIZATION,
                CLUSTER,
                "c",
                Script.REGION,
                KubernetesVersion.SUPPORTED.getFirst(),
                false,
                Channel.API));
        Consumer<Platform> pool = says(new ClusterCommand.RequestNodePool(CLUSTER, POOL, "web", 2, 4, SHAPE));
        Consumer<Platform> delete = says(new ClusterCommand.DeleteCluster(CLUSTER));
        return Stream.of(
                new Story("a whole life", List.of(request.andThen(pool), delete)),
                new Story(
                        "a pool that grows, shrinks and loses a machine",
                        List.of(
                                request,
                                pool,
                                says(new NodePoolCommand.ScaleNodePool(POOL, 4, 4)),
                                says(new NodePoolCommand.ScaleNodePool(POOL, 1, 1)),
                                RepeatsTest::loseOne,
                                says(new NodePoolCommand.DeleteNodePool(POOL)),
                                delete)),
                new Story(
                        "a region that is full",
                        List.of(
                                request,
                                says(new ClusterCommand.RequestNodePool(CLUSTER, POOL, "web", 9, 9, SHAPE)),
                                says(new NodePoolCommand.ScaleNodePool(POOL, 3, 3)),
                                delete)),
                new Story(
                        "a cluster that nobody can place",
                        List.of(
                                says(new OrganizationCommand.RequestCluster(
                                        Script.ORGANIZATION,
                                        CLUSTER,
                                        "c",
                                        "nowhere",
                                        KubernetesVersion.SUPPORTED.getFirst(),
                                        false,
                                        Channel.API)),
                                delete)),
                new Story("a deletion in the middle", List.of(platform -> {
                    request.andThen(pool).accept(platform);
                    platform.advance(8);
                    delete.accept(platform);
                })),
                new Story(
                        "deadlines at every stage",
                        List.of(
                                platform -> {
                                    request.andThen(pool).accept(platform);
                                    platform.advance(6);
                                    platform.passAll();
                                },
                                delete)));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsTheSameHoweverOftenEventsComeAgain(Story story) {
        List<DomainEvent> once = play(story, platform -> {});

        assertThat(play(story, platform -> platform.handEachEventOver(3))).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsTheSameHoweverLateDeadlinesCome(Story story) {
        List<DomainEvent> once = play(story, platform -> {});

        assertThat(play(story, Platform::letEveryDeadlineComeLate)).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsTheSameWhereverTheProcessDies(Story story) {
        Platform[] calm = new Platform[1];
        List<DomainEvent> once = play(story, platform -> calm[0] = platform);

        for (int send = 0; send < calm[0].sends(); send++) {
            for (Platform.Death death : List.of(Platform.Death.BEFORE_SENDING, Platform.Death.AFTER_SENDING)) {
                int at = send;
                assertThat(play(story, platform -> platform.dieAt(at, death)))
                        .as("%s at send %d", death, send)
                        .isEqualTo(once);
            }
        }
    }

    private static List<DomainEvent> play(Story story, Consumer<Platform> fault) {
        Platform platform = new Platform();
        fault.accept(platform);
        Script.open(platform);
        for (Consumer<Platform> chapter : story.chapters()) {
            chapter.accept(platform);
            platform.settle();
        }
        return new ArrayList<>(platform.log().events());
    }

    private static Consumer<Platform> says(Command command) {
        return platform -> platform.log().send(command);
    }

    private static void loseOne(Platform platform) {
        MachineState lost = platform.log().machines().values().stream()
                .filter(machine -> machine.status() == MachineStatus.READY
                        && Objects.requireNonNull(machine.reservation()).poolId() != null)
                .findFirst()
                .orElseThrow();
        platform.log()
                .send(new MachineCommand.RecordMachineLost(
                        Objects.requireNonNull(lost.reservation()).machineId(), 1, "unplugged"));
    }
}
