package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.Fault;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.render.TenantNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A tenant in the sandbox, a cause of standing work that a test makes there, and what is told of it. */
abstract class StandingWorld {

    static final String NAMESPACE = TenantNames.namespace(Tenant.CLUSTER);

    @TempDir
    Path directory;

    final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    SandboxWorld world;
    Landscape landscape;

    @BeforeEach
    void start() throws Exception {
        world = new SandboxWorld(directory, () -> Instant.now().plus(ahead.get()));
        landscape = new Landscape(world.outside(), Breaker.nowhere());
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    final void run() throws Exception {
        Tenant.request(landscape, 0);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        settle();
        assertThat(told()).isEmpty();
    }

    final void settle() throws Exception {
        landscape.runUntil(
                () -> landscape.troubles().isEmpty() && world.sandbox().isIdle());
    }

    final List<ClusterEvent> told() {
        return landscape.log().events().stream()
                .filter(event -> event instanceof ClusterEvent.WorkStalled || event instanceof ClusterEvent.WorkResumed)
                .map(ClusterEvent.class::cast)
                .toList();
    }

    final List<ClusterEvent> told(String work) {
        return told().stream()
                .filter(event -> switch (event) {
                    case ClusterEvent.WorkStalled stalled -> stalled.work().equals(work);
                    case ClusterEvent.WorkResumed resumed -> resumed.work().equals(work);
                    default -> false;
                })
                .toList();
    }

    /** A cause that is there for less than the patience is nobody's business; then it is told, and told once. */
    final ClusterEvent.WorkStalled stalls(String work, Fault fault, String reason) throws Exception {
        landscape.runUntil(() -> landscape.troubles().keySet().stream().anyMatch(key -> key.startsWith(key(work))));
        for (int look = 0; look < 3; look++) {
            landscape.step();
        }
        assertThat(told(work)).as("before it has lasted").isEmpty();
        landscape.pass(Hindrance.LATER);
        landscape.runUntil(() -> !told(work).isEmpty());
        landscape.restart();
        for (int look = 0; look < 3; look++) {
            landscape.step();
            landscape.pass(Hindrance.LATER);
        }
        assertThat(told(work)).singleElement().isInstanceOfSatisfying(ClusterEvent.WorkStalled.class, stalled -> {
            assertThat(stalled.fault()).isEqualTo(fault);
            assertThat(stalled.reason()).isEqualTo(reason);
            assertThat(stalled.message()).isNotEmpty();
            assertThat(stalled.since()).isBefore(Instant.now().plus(Hindrance.LATER.multipliedBy(2)));
        });
        assertThat(Tenant.state(landscape).stalls()).containsKey(work);
        return (ClusterEvent.WorkStalled) told(work).getFirst();
    }

    private static String key(String work) {
        return work.startsWith("machine") ? "machine" : work.replace('-', '_');
    }

    final void goesOn(String work, Fault fault, String reason) throws Exception {
        landscape.runUntil(() -> Tenant.state(landscape).stalls().isEmpty());
        settle();
        for (int look = 0; look < 3; look++) {
            landscape.step();
        }
        assertThat(told(work)).hasSize(2);
        assertThat(told(work).getLast()).isInstanceOfSatisfying(ClusterEvent.WorkResumed.class, resumed -> {
            assertThat(resumed.fault()).isEqualTo(fault);
            assertThat(resumed.reason()).isEqualTo(reason);
        });
        assertThat(world.doubles()).isEmpty();
    }
}
