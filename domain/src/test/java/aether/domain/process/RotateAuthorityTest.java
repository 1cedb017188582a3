package aether.domain.process;

import static aether.domain.process.TableWalk.happened;
import static aether.domain.process.TableWalk.late;
import static aether.domain.process.TableWalk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.NameBasedId;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.process.RotateAuthority.Data;
import aether.domain.process.RotateAuthority.State;
import aether.domain.samples.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RotateAuthorityTest {

    private static final NodePoolId OTHER = new NodePoolId(NameBasedId.of("other"));
    private static final Data DATA =
            new Data(Samples.CLUSTER, CertificateAuthority.CLUSTER, 2, WaitingPools.of(List.of()));
    private static final List<DomainEvent> OF_POOLS = List.of(
            new NodePoolEvent.NodePoolRollStarted(Samples.POOL, Samples.CLUSTER, 1),
            new NodePoolEvent.NodePoolRolled(Samples.POOL, Samples.CLUSTER, 1),
            new NodePoolEvent.NodePoolDeleted(Samples.POOL, Samples.CLUSTER));

    /** What belongs to another phase changes nothing, so nobody is refused. */
    private static final Set<Class<? extends Command>> NEVER_REFUSED =
            Set.of(ClusterCommand.MarkAuthorityPrepared.class, ClusterCommand.ReportAuthorityDelayed.class);

    private final TableWalk<State, Data> walk = new TableWalk<>(RotateAuthority.TABLE);

    @TestFactory
    Stream<DynamicTest> theTable() {
        return Stream.of(
                DynamicTest.dynamicTest("goesFromOneAuthorityToTheNext", this::goesFromOneAuthorityToTheNext),
                DynamicTest.dynamicTest("countsOnlyReplacementsItSawStart", this::countsOnlyReplacementsItSawStart),
                DynamicTest.dynamicTest("doesNotWaitForPoolsThatGo", this::doesNotWaitForPoolsThatGo),
                DynamicTest.dynamicTest("saysThatItIsLateAndGoesOn", this::saysThatItIsLateAndGoesOn),
                DynamicTest.dynamicTest("endsWithTheCluster", this::endsWithTheCluster),
                DynamicTest.dynamicTest("everyRowIsVisited", this::everyRowIsVisited));
    }

    private void everyRowIsVisited() {
        assertThat(walk.missed()).isEmpty();
        assertThat(walk.withoutRefusalRow(NEVER_REFUSED)).isEmpty();
    }

    private void goesFromOneAuthorityToTheNext() {
        Data data = walk.row(
                null,
                null,
                happened(new ClusterEvent.AuthorityRotationStarted(Samples.CLUSTER, CertificateAuthority.CLUSTER, 2)),
                State.TRUSTING);
        data = walk.row(
                State.TRUSTING,
                data,
                happened(new ClusterEvent.AuthorityTrusted(
                        Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2, "ab", Instant.EPOCH)),
                State.SIGNING);
        data = walk.row(
                State.SIGNING, data, happened(signing()), State.REJOINING, ClusterCommand.MarkAuthorityPrepared.class);
        data = walk.row(
                State.REJOINING,
                data,
                happened(new ClusterEvent.AuthorityRotationPrepared(Samples.CLUSTER, CertificateAuthority.CLUSTER, 2)),
                State.PREPARED);
        data = walk.row(
                State.PREPARED,
                data,
                happened(
                        new ClusterEvent.AuthorityRotationCompleting(Samples.CLUSTER, CertificateAuthority.CLUSTER, 2)),
                State.REISSUING);
        data = walk.row(
                State.REISSUING,
                data,
                happened(new ClusterEvent.AuthorityLeavesReissued(Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2)),
                State.RETIRING);
        walk.row(
                State.RETIRING,
                data,
                happened(new ClusterEvent.AuthorityRetired(Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2)),
                State.DONE);
    }

    private void countsOnlyReplacementsItSawStart() {
        Data data = walk.row(
                State.SIGNING,
                DATA,
                happened(signing(Samples.POOL, OTHER)),
                State.REJOINING,
                NodePoolCommand.RollNodePool.class,
                NodePoolCommand.RollNodePool.class);
        data = walk.row(State.REJOINING, data, happened(rolled(Samples.POOL)), State.REJOINING);
        assertThat(data.pools().rolling()).containsOnlyKeys(Samples.POOL, OTHER);
        data = walk.row(State.REJOINING, data, happened(started(Samples.POOL)), State.REJOINING);
        data = walk.row(State.REJOINING, data, happened(rolled(Samples.POOL)), State.REJOINING);
        assertThat(data.pools().rolling()).containsOnlyKeys(OTHER);
        data = walk.row(State.REJOINING, data, happened(started(OTHER)), State.REJOINING);
        walk.row(
                State.REJOINING,
                data,
                happened(rolled(OTHER)),
                State.REJOINING,
                ClusterCommand.MarkAuthorityPrepared.class);
    }

    private void doesNotWaitForPoolsThatGo() {
        Data data = new Data(
                Samples.CLUSTER,
                CertificateAuthority.CLUSTER,
                2,
                new WaitingPools(Map.of(Samples.POOL, false, OTHER, true)));
        Data one = walk.row(
                State.REJOINING, data, refused(new NodePoolCommand.RollNodePool(Samples.POOL)), State.REJOINING);
        walk.row(
                State.REJOINING,
                one,
                happened(new NodePoolEvent.NodePoolDeleted(OTHER, Samples.CLUSTER)),
                State.REJOINING,
                ClusterCommand.MarkAuthorityPrepared.class);
        // Whoever was refused is said to be gone twice; it is prepared once.
        walk.row(
                State.REJOINING,
                DATA,
                happened(new NodePoolEvent.NodePoolDeleted(OTHER, Samples.CLUSTER)),
                State.REJOINING);
    }

    private void saysThatItIsLateAndGoesOn() {
        for (State state : List.of(State.TRUSTING, State.SIGNING, State.REJOINING, State.REISSUING, State.RETIRING)) {
            walk.row(state, DATA, late(), state, ClusterCommand.ReportAuthorityDelayed.class);
        }
    }

    private void endsWithTheCluster() {
        for (State state : State.values()) {
            if (state != State.DONE) {
                walk.row(
                        state,
                        DATA,
                        happened(new ClusterEvent.ClusterDeletionRequested(
                                Samples.CLUSTER, Samples.ORGANIZATION, Samples.REGION, List.of())),
                        State.DONE);
                if (state != State.REJOINING) {
                    OF_POOLS.forEach(event -> walk.ignores(state, DATA, event));
                }
            }
        }
    }

    private static ClusterEvent.AuthoritySigning signing(NodePoolId... pools) {
        return new ClusterEvent.AuthoritySigning(Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2, List.of(pools));
    }

    private static NodePoolEvent.NodePoolRollStarted started(NodePoolId pool) {
        return new NodePoolEvent.NodePoolRollStarted(pool, Samples.CLUSTER, 1);
    }

    private static NodePoolEvent.NodePoolRolled rolled(NodePoolId pool) {
        return new NodePoolEvent.NodePoolRolled(pool, Samples.CLUSTER, 1);
    }
}
