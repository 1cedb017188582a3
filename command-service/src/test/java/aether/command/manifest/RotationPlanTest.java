package aether.command.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.cluster.MaintenanceWindow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the generation of the cluster CA in a document leads to. */
class RotationPlanTest {

    private static final Instant NOW = Instant.parse("2026-11-30T04:00:00Z");
    private static final ClusterState RUNNING = Documents.RUNNING;
    private static final ClusterState ROTATING =
            RUNNING.apply(new ClusterEvent.AuthorityRotationStarted(Documents.ID, CertificateAuthority.CLUSTER, 2));
    private static final ClusterState SECOND =
            ROTATING.apply(new ClusterEvent.AuthorityRetired(Documents.ID, 1, CertificateAuthority.CLUSTER, 2));
    private static final ClusterState WITH_WINDOWS = RUNNING.apply(new ClusterEvent.MaintenanceWindowsSet(
            Documents.ID, List.of(MaintenanceWindow.parse("sat 02:00+4h").orElseThrow())));

    private static RotationPlan plan(int generation, ClusterState state) {
        return RotationPlan.of(Documents.rotating(generation), Documents.ID, state, Channel.KUBERNETES, NOW);
    }

    @Test
    void theNextGenerationAsksForARotationOnce() {
        assertThat(plan(2, RUNNING).command())
                .contains(new ClusterCommand.RotateAuthority(Documents.ID, CertificateAuthority.CLUSTER));
        assertThat(plan(2, ROTATING).command()).as("it is under way").isEmpty();
        assertThat(plan(2, SECOND).command()).as("it is reached").isEmpty();
        assertThat(plan(1, SECOND).command())
                .as("there is no way back, and nobody asks for one")
                .isEmpty();
        assertThat(plan(3, SECOND).command())
                .contains(new ClusterCommand.RotateAuthority(Documents.ID, CertificateAuthority.CLUSTER));
        assertThat(RotationPlan.of(Documents.cluster(), Documents.ID, RUNNING, Channel.API, NOW)
                        .command())
                .isEmpty();
    }

    @Test
    void itWaitsForAWindowAsWhateverDisturbs() {
        ClusterCommand ask = new ClusterCommand.AskForWork(Documents.ID, NOW, DisruptiveWork.AUTHORITY_ROTATION, null);
        ClusterState planned = WITH_WINDOWS.apply(
                new ClusterEvent.WorkPlanned(Documents.ID, DisruptiveWork.AUTHORITY_ROTATION, null, NOW));

        assertThat(plan(2, WITH_WINDOWS).command()).contains(ask);
        assertThat(plan(2, planned).command()).isEmpty();
    }

    @Test
    void aGenerationThatIsNotTheNextIsRefused() {
        for (int generation : new int[] {0, 3, 17}) {
            assertThat(plan(generation, RUNNING).refused().orElseThrow().message())
                    .isEqualTo("Expected a generation from 1 to 2, the one after that in use, but got " + generation
                            + ".");
        }
    }

    @Test
    void aResourceWaitsForAClusterThatRuns() {
        assertThat(plan(2, Documents.REQUESTED).command()).isEmpty();
        assertThat(RotationPlan.of(Documents.rotating(2), Documents.ID, Documents.REQUESTED, Channel.API, NOW)
                        .command())
                .as("and the domain refuses")
                .isPresent();
    }
}
