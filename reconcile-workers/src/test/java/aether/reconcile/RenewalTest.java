package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterStatus;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.render.TenantNames;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Patch;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leaf whose renewal is denied: nobody hears of it while there is time, then once, and once when it is well. */
@Tag("slow")
class RenewalTest {

    private static final Duration LIFE = Duration.ofDays(90);
    private static final Duration RENEWING = Duration.ofDays(61);
    private static final Duration LATE = Duration.ofDays(16);

    @TempDir
    Path directory;

    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

    @Test
    void aRenewalThatDoesNotComeIsSaidOnceAndOnceWhenItHasCome() throws Exception {
        try (SandboxWorld world =
                new SandboxWorld(directory, () -> Instant.now().plus(passed.get()))) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 0);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            denyRenewals(world, "\"policy says no\"");

            pass(world, landscape, RENEWING);
            landscape.runUntil(() -> world.sandbox().isIdle() && settled(landscape));
            assertThat(told(landscape)).isEmpty();

            pass(world, landscape, LATE);
            landscape.runUntil(() -> !told(landscape).isEmpty() && settled(landscape));
            for (int look = 0; look < 5; look++) {
                landscape.step();
            }
            assertThat(told(landscape))
                    .singleElement()
                    .isInstanceOfSatisfying(ClusterEvent.RenewalOverdue.class, overdue -> {
                        assertThat(overdue.names()).containsExactly("apiserver");
                        assertThat(overdue.reason()).contains("Denied", "policy says no");
                        assertThat(overdue.notAfter()).isBefore(Instant.now().plus(LIFE));
                    });
            assertThat(Tenant.state(landscape).overdue()).isNotNull();

            denyRenewals(world, "null");
            pass(world, landscape, Duration.ofDays(2)); // the longest that cert-manager waits after failures
            landscape.runUntil(() -> told(landscape).size() == 2);
            assertThat(told(landscape).getLast()).isInstanceOf(ClusterEvent.RenewalCaughtUp.class);
            assertThat(Tenant.state(landscape).overdue()).isNull();
            assertThat(world.doubles()).isEmpty();
        }
    }

    /** For cert-manager first, so that it has said why before anybody asks. */
    private void pass(SandboxWorld world, Landscape landscape, Duration time) throws Exception {
        passed.updateAndGet(before -> before.plus(time));
        world.sandbox().recheck();
        landscape.runUntil(world.sandbox()::isIdle);
        landscape.pass(time);
    }

    private static boolean settled(Landscape landscape) {
        return landscape.troubles().isEmpty();
    }

    private static List<ClusterEvent> told(Landscape landscape) {
        return landscape.log().events().stream()
                .filter(event ->
                        event instanceof ClusterEvent.RenewalOverdue || event instanceof ClusterEvent.RenewalCaughtUp)
                .map(ClusterEvent.class::cast)
                .toList();
    }

    private static void denyRenewals(SandboxWorld world, String reason) {
        world.sandbox()
                .management()
                .patch(
                        Types.CERTIFICATE,
                        TenantNames.namespace(Tenant.CLUSTER),
                        "apiserver",
                        new Patch.Merge(Json.parseObject(
                                "{\"metadata\":{\"annotations\":{\"sandbox.aetherplatform.cloud/deny\":" + reason
                                        + "}}}")),
                        WriteOptions.by("a-policy"));
    }
}
