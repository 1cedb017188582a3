package aether.reconcile.process;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.DomainEvent;
import aether.domain.process.ProcessTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a table has no row for stops the saga that met it, and says so. */
class StoppedSagaTest {

    private final RecordingCommands commands = new RecordingCommands();
    private final SagaHarness harness = new SagaHarness(commands, List.of(ProvisionClusterSaga.class));

    private static DomainEvent sample(Class<? extends DomainEvent> event) {
        return SampleEvents.ofCluster().stream()
                .filter(event::isInstance)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEventWithoutARowStopsTheSagaAndNothingElse() throws Exception {
        harness.deliver(sample(ClusterEvent.ClusterRequested.class), 0);
        harness.deliver(sample(ClusterEvent.CertificatesIssued.class), 1);

        assertThat(harness.stopped())
                .containsEntry(
                        "ProvisionCluster " + SampleEvents.CLUSTER,
                        "Expected ProvisionCluster to have a row for CertificatesIssued in state ALLOCATING_NETWORK, but"
                                + " there is none.");
        assertThat(harness.kept()).singleElement().asString().contains("stopped");

        int sent = commands.calls();
        harness.deliver(sample(ClusterEvent.ClusterDeletionRequested.class), 2);
        assertThat(commands.calls()).isEqualTo(sent);
        assertThat(harness.kept()).hasSize(1);
    }

    @Test
    void aRefusalWithoutARowStopsTheSaga() throws Exception {
        commands.refuse(Optional.of(ClusterCommand.RequestControlPlaneRemoval.class));
        harness.deliver(sample(ClusterEvent.ClusterRequested.class), 0);
        harness.deliver(sample(ClusterEvent.ClusterFailed.class), 1);

        assertThat(harness.stopped().values()).singleElement().asString().contains("RequestControlPlaneRemoval");
    }

    @Test
    void everyTableIsNamedAsItsDeadlinesAre() {
        assertThat(List.of(
                        EveryRowTest.HIBERNATE,
                        EveryRowTest.PROVISION,
                        EveryRowTest.RETIRE,
                        EveryRowTest.ROTATE,
                        EveryRowTest.SCALE,
                        EveryRowTest.UPGRADE))
                .extracting(TableWalk::table)
                .extracting(ProcessTable::name)
                .containsExactly(
                        "HibernateCluster",
                        "ProvisionCluster",
                        "RetireCluster",
                        "RotateAuthority",
                        "ScalePool",
                        "UpgradeCluster");
    }
}
