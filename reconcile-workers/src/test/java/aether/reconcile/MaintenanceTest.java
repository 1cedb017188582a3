package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.cluster.Maintenance;
import aether.domain.cluster.MaintenanceWindow;
import aether.domain.cluster.PauseReason;
import aether.reconcile.doubles.Breaker;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a window begins by itself, in the sandbox, through the real workers. */
@Tag("slow")
class MaintenanceTest {

    @TempDir
    Path directory;

    @Test
    void whatWaitsForTheWindowBeginsWhenItOpensWhateverTheProcessDiesAt() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.everywhere());
            Tenant.request(landscape, 0);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            Instant now = Instant.now();
            DayOfWeek tomorrow = now.atZone(ZoneOffset.UTC).getDayOfWeek().plus(1);
            MaintenanceWindow window = new MaintenanceWindow(List.of(tomorrow), 0, MaintenanceWindow.LONGEST);
            landscape.ask(new ClusterCommand.SetMaintenanceWindows(Tenant.CLUSTER, now, List.of(window)));
            landscape.ask(
                    new ClusterCommand.AskForWork(Tenant.CLUSTER, now, DisruptiveWork.ENCRYPTION_KEY_ROTATION, null));
            for (int look = 0; look < 5; look++) {
                landscape.step();
            }
            assertThat(Tenant.state(landscape).keys().isRotating()).isFalse();
            assertThat(Tenant.state(landscape).maintenance().planned()).hasSize(1);

            Instant opens = Maintenance.next(List.of(window), now).orElseThrow().from();
            landscape.pass(Duration.between(now, opens).plusMinutes(1));
            landscape.runUntil(
                    () -> landscape.log().events().stream().anyMatch(ClusterEvent.KeyRotated.class::isInstance));

            assertThat(Tenant.state(landscape).maintenance().planned()).isEmpty();
            assertThat(landscape.log().events().stream().filter(ClusterEvent.KeyRotationStarted.class::isInstance))
                    .hasSize(1);
        }
    }

    @Test
    void aPauseEndsOnceWhateverTheProcessDiesAt() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.everywhere());
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            Instant now = Instant.now();
            landscape.ask(new ClusterCommand.PauseCluster(
                    Tenant.CLUSTER, now, now.plus(Duration.ofHours(1)), PauseReason.OTHER, ""));
            landscape.ask(new ClusterCommand.SetApiNames(Tenant.CLUSTER, List.of("api.shop.example")));
            for (int look = 0; look < 5; look++) {
                landscape.step();
            }
            int before = landscape.log().events().size();

            landscape.pass(Duration.ofHours(1));
            landscape.runUntil(() -> landscape.log().events().stream()
                    .skip(before)
                    .anyMatch(ClusterEvent.CertificatesRenewed.class::isInstance));

            assertThat(landscape.log().events().stream().filter(ClusterEvent.PauseEnded.class::isInstance))
                    .as("what was asked for meanwhile is done afterwards, and the end is told once")
                    .hasSize(1);
            assertThat(landscape.log().events().stream().filter(ClusterEvent.DriftLeft.class::isInstance))
                    .as("what a customer asks for is no drift")
                    .isEmpty();
        }
    }
}
