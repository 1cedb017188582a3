package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.PauseReason;
import aether.domain.machine.MachineEvent;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.hypervisor.VirtualMachine;
import aether.reconcile.hypervisor.VirtualMachine.Power;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever of a running tenant is changed or taken away is put back, and the log says so. */
@Tag("slow")
class DriftTest {

    private static final String NAMESPACE = TenantNames.namespace(Tenant.CLUSTER);
    private static final ObjectRef SERVICE = new ObjectRef(ResourceKind.SERVICE, NAMESPACE, TenantNames.API_SERVICE);
    private static final ObjectRef SCHEDULER = new ObjectRef(ResourceKind.DEPLOYMENT, NAMESPACE, "kube-scheduler");

    @TempDir
    Path directory;

    private static List<String> corrections(Landscape landscape) {
        return landscape.log().events().stream()
                .filter(ClusterEvent.DriftCorrected.class::isInstance)
                .map(ClusterEvent.DriftCorrected.class::cast)
                .map(drift -> drift.subject() + ": " + drift.correction())
                .toList();
    }

    private static boolean isSettled(Landscape landscape) {
        return Tenant.is(landscape, ClusterStatus.RUNNING)
                && landscape.troubles().isEmpty();
    }

    private static void delete(KubeApi cluster, ObjectRef ref) {
        JsonNode there = cluster.find(ref).orElseThrow();
        cluster.delete(ref, there.at("/metadata/uid").asString(""));
    }

    @Test
    void changedAndDeletedObjectsArePutBack() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 0);
            landscape.runUntil(() -> isSettled(landscape));
            assertThat(corrections(landscape)).isEmpty();

            delete(world.cluster(), SERVICE);
            ObjectNode changed =
                    (ObjectNode) world.cluster().find(SCHEDULER).orElseThrow().deepCopy();
            changed.remove("status");
            changed.withObject("metadata").remove("resourceVersion");
            changed.withObject("metadata").remove("managedFields");
            changed.withObject("spec").put("replicas", 5);
            world.cluster().apply(new Rendered(SCHEDULER, "", changed));
            landscape.runUntil(() -> corrections(landscape).size() >= 2 && isSettled(landscape));

            assertThat(corrections(landscape))
                    .containsExactlyInAnyOrder(
                            "Service/kube-apiserver: it was missing",
                            "Deployment/kube-scheduler: spec.replicas was changed");
            assertThat(world.cluster().find(SERVICE)).isPresent();
            assertThat(world.cluster()
                            .find(SCHEDULER)
                            .orElseThrow()
                            .at("/spec/replicas")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void aControlPlaneThatDoesNotAnswerIsDegradedUntilItDoes() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 0);
            landscape.runUntil(() -> isSettled(landscape));

            world.sandbox().tenants().faults(NAMESPACE).unavailableFor(Duration.ofHours(1));
            landscape.step();
            assertThat(Tenant.is(landscape, ClusterStatus.RUNNING))
                    .describedAs("a moment is no trouble")
                    .isTrue();
            landscape.pass(Duration.ofMinutes(1));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.DEGRADED));

            world.sandbox().tenants().faults(NAMESPACE).heal();
            landscape.runUntil(() -> isSettled(landscape));
        }
    }

    @Test
    void aWorkerThatIsGoneIsReplacedAndALoadBalancerIsMadeAgain() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> isSettled(landscape));
            Hypervisor hypervisor = world.outside().hypervisor();
            List<VirtualMachine> machines = hypervisor.tagged("aether-cluster-" + Tenant.CLUSTER);
            assertThat(machines).hasSize(2);

            machines.forEach(machine -> {
                hypervisor.stop(machine);
                hypervisor.delete(machine);
            });
            landscape.runUntil(() ->
                    landscape.log().events().stream().anyMatch(MachineEvent.MachineLost.class::isInstance)
                            && hypervisor.tagged("aether-cluster-" + Tenant.CLUSTER).stream()
                                            .filter(machine -> machine.power() == Power.RUNNING)
                                            .count()
                                    == 2
                            && landscape.troubles().isEmpty());

            assertThat(corrections(landscape))
                    .singleElement()
                    .asString()
                    .startsWith("Machine/shop-lb-")
                    .endsWith(": its VM was gone and is made again");
            assertThat(world.doubles()).isEmpty();
        }
    }

    @Test
    void inAPauseDriftIsToldAndLeftAndPutBackWhenItsTimeIsOver() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Breaker counting = Breaker.nowhere();
            Landscape landscape = new Landscape(world.outside(), counting);
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> isSettled(landscape));
            Instant now = Instant.now();
            landscape.ask(new ClusterCommand.PauseCluster(
                    Tenant.CLUSTER, now, now.plus(Duration.ofHours(2)), PauseReason.MAINTENANCE, ""));
            landscape.step();
            Hypervisor hypervisor = world.outside().hypervisor();
            VirtualMachine worker = hypervisor.tagged("aether-cluster-" + Tenant.CLUSTER).stream()
                    .filter(machine -> machine.name().startsWith("shop-blue"))
                    .findFirst()
                    .orElseThrow();

            delete(world.cluster(), SERVICE);
            hypervisor.stop(worker);
            landscape.runUntil(() -> left(landscape).size() == 2);
            Map<String, Integer> effects = counting.calls();
            int events = landscape.log().events().size();
            for (int look = 0; look < 5; look++) {
                landscape.step();
            }

            assertThat(left(landscape))
                    .containsExactlyInAnyOrder(
                            "Service/kube-apiserver: it was missing",
                            "Machine/" + worker.name() + ": its VM was stopped");
            assertThat(counting.calls()).as("nothing was done").isEqualTo(effects);
            assertThat(landscape.log().events()).as("nothing was said again").hasSize(events);
            assertThat(world.cluster().find(SERVICE)).isEmpty();

            landscape.pass(Duration.ofHours(2));
            landscape.runUntil(() -> Tenant.state(landscape).pause() == null
                    && corrections(landscape).size() == 2);
            landscape.runUntil(() -> isSettled(landscape));
            assertThat(world.cluster().find(SERVICE)).isPresent();
            assertThat(landscape.log().events()).anyMatch(ClusterEvent.PauseEnded.class::isInstance);
        }
    }

    @Test
    void aPausedClusterCanBeDeleted() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> isSettled(landscape));
            Instant now = Instant.now();
            landscape.ask(new ClusterCommand.PauseCluster(
                    Tenant.CLUSTER, now, now.plus(Duration.ofHours(2)), PauseReason.OTHER, ""));

            landscape.ask(new ClusterCommand.DeleteCluster(Tenant.CLUSTER));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.DELETED));
            assertThat(world.count("vms")).isZero();
        }
    }

    private static List<String> left(Landscape landscape) {
        return landscape.log().events().stream()
                .filter(ClusterEvent.DriftLeft.class::isInstance)
                .map(ClusterEvent.DriftLeft.class::cast)
                .map(drift -> drift.subject() + ": " + drift.found())
                .toList();
    }
}
