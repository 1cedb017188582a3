package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.HibernationReason;
import aether.domain.kernel.DomainEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineRole;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Patch;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A cluster's sleep and its end in the sandbox, through the real sagas, workers and adapters. */
@Tag("slow")
class HibernationTest {

    private static final String NAMESPACE = TenantNames.namespace(Tenant.CLUSTER);
    private static final ClusterCommand HIBERNATE =
            new ClusterCommand.HibernateCluster(Tenant.CLUSTER, HibernationReason.UNUSED, "");
    private static final ClusterCommand WAKE = new ClusterCommand.WakeCluster(Tenant.CLUSTER);

    @TempDir
    Path directory;

    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

    @Test
    void whateverTheProcessDiesAtTheClusterSleepsAndWakesOnce() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Breaker everywhere = Breaker.everywhere();
            Landscape landscape = new Landscape(world.outside(), everywhere);
            Tenant.request(landscape, 2);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            Map<String, String> kept = kept(world);
            int before = landscape.crashes();

            landscape.ask(HIBERNATE);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.HIBERNATED));

            assertThat(landscape.crashes()).isGreaterThan(before + 15);
            assertThat(world.count("vms"))
                    .as("the load balancer, whose address is promised")
                    .isEqualTo(1);
            assertThat(pods(world)).isEmpty();
            assertThat(kept(world)).as("Secrets, volumes and Services").isEqualTo(kept);
            assertThat(landscape.log().events().stream()
                            .filter(MachineEvent.MachineDeleted.class::isInstance)
                            .map(MachineEvent.MachineDeleted.class::cast))
                    .as("whoever meters nodes sees that there are none")
                    .hasSize(2)
                    .allMatch(deleted -> deleted.role() == MachineRole.WORKER);
            landscape.ask(new NodePoolCommand.ScaleNodePool(Tenant.POOL, 1, 1));
            int asleep = landscape.crashes();

            landscape.ask(WAKE);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));

            assertThat(landscape.crashes()).isGreaterThan(asleep + 10);
            assertThat(world.count("vms"))
                    .as("the size that was asked for in the sleep")
                    .isEqualTo(2);
            assertThat(world.doubles()).isEmpty();
            assertThat(kept(world)).isEqualTo(kept);
            assertThat(told(landscape))
                    .containsExactly(
                            "ClusterHibernationStarted",
                            "HibernationPrepared",
                            "NodePoolHibernationStarted",
                            "NodePoolHibernated",
                            "NodesAsleep",
                            "HibernationAdvanced ETCD_STOPPING",
                            "ClusterHibernated",
                            "ClusterWakeStarted",
                            "HibernationAdvanced ETCD_STARTING",
                            "HibernationAdvanced API_STARTING",
                            "HibernationAdvanced CONTROLLERS_STARTING",
                            "HibernationAdvanced NODES_JOINING",
                            "NodePoolWoken",
                            "ClusterAwake");
            assertNothingWasCalledWrong(landscape);
        }
    }

    @Test
    void aClusterThatSleepsCausesNoWriteNoQuestionAndNoAlarm() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Breaker counting = Breaker.nowhere();
            Landscape landscape = new Landscape(world.outside(), counting);
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            landscape.ask(HIBERNATE);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.HIBERNATED)
                    && landscape.troubles().isEmpty()
                    && world.sandbox().isIdle());
            assertThat(world.count("tenant_apis")).as("nobody answers").isZero();
            Map<String, Integer> effects = counting.calls();
            int events = landscape.log().events().size();

            landscape.pass(Duration.ofHours(10)); // far beyond every patience of the workers
            for (int look = 0; look < 5; look++) {
                landscape.step();
                assertThat(landscape.troubles()).isEmpty();
            }
            assertThat(counting.calls()).isEqualTo(effects);
            assertThat(landscape.log().events()).hasSize(events);

            landscape.ask(WAKE);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            assertNothingWasCalledWrong(landscape);
            assertThat(landscape.log().events())
                    .as("no node is called lost because it was away for a night")
                    .noneMatch(MachineEvent.MachineLost.class::isInstance);
        }
    }

    @Test
    void whoeverStartsSomethingOfItByHandIsUndone() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 0);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            landscape.ask(HIBERNATE);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.HIBERNATED));

            world.sandbox()
                    .management()
                    .patch(
                            Types.DEPLOYMENT,
                            NAMESPACE,
                            TenantNames.API_SERVICE,
                            new Patch.Merge(Json.parseObject("{\"spec\":{\"replicas\":2}}")),
                            WriteOptions.by("somebody"));
            landscape.runUntil(() -> landscape.log().events().getLast() instanceof ClusterEvent.DriftCorrected);

            assertThat(replicas(world, ResourceKind.DEPLOYMENT, TenantNames.API_SERVICE))
                    .isZero();
            assertThat(landscape.log().events().getLast())
                    .isInstanceOfSatisfying(
                            ClusterEvent.DriftCorrected.class,
                            drift -> assertThat(drift.correction()).contains("spec.replicas"));
            assertThat(Tenant.is(landscape, ClusterStatus.HIBERNATED)).isTrue();
        }
    }

    @Test
    void itIsWokenOnItsWayAndDeletedInItsSleep() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 2);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            landscape.ask(HIBERNATE);
            landscape.ask(WAKE);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            assertThat(world.count("vms")).as("nothing was touched yet").isEqualTo(3);
            assertThat(landscape.log().events()).noneMatch(MachineEvent.MachineRetired.class::isInstance);

            landscape.ask(HIBERNATE);
            landscape.runUntil(() -> landscape.log().events().stream()
                    .anyMatch(NodePoolEvent.NodePoolHibernationStarted.class::isInstance));
            landscape.ask(WAKE);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            assertThat(world.count("vms")).isEqualTo(3);

            landscape.ask(HIBERNATE);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.HIBERNATED));
            landscape.ask(new ClusterCommand.DeleteCluster(Tenant.CLUSTER));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.DELETED));
            assertThat(world.count("vms")).isZero();
            assertNothingWasCalledWrong(landscape);
        }
    }

    @Test
    void whatStandsInTheWayIsNamedAndTheClusterServesOn() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            KubeApi tenant = world.outside().tenants().current(Tenant.CLUSTER).orElseThrow();
            tenant.apply(webhook("nodes"));

            landscape.ask(HIBERNATE);
            landscape.runUntil(
                    () -> !Tenant.state(landscape).hibernation().obstacle().isEmpty());

            assertThat(Tenant.state(landscape).hibernation().obstacle())
                    .startsWith(
                            "webhook check.policy.example of ValidatingWebhookConfiguration/policy has to answer for"
                                    + " nodes");
            assertThat(Tenant.is(landscape, ClusterStatus.RUNNING)).isTrue();
            assertThat(world.count("vms")).isEqualTo(2);
            tenant.apply(webhook("configmaps"));
            landscape.ask(HIBERNATE);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.HIBERNATED));
        }
    }

    @Test
    void whatEndsInTheSleepIsGoodBeforeItIsCalledAwake() throws Exception {
        try (SandboxWorld world =
                new SandboxWorld(directory, () -> Instant.now().plus(passed.get()))) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 0);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            landscape.ask(HIBERNATE);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.HIBERNATED));
            deny(world, "\"policy says no\"");
            pass(world, landscape, Duration.ofDays(120));
            landscape.ask(WAKE);
            for (int look = 0; look < 10; look++) {
                landscape.step();
            }
            assertThat(landscape.troubles().toString())
                    .as("a leaf of 90 days that nobody could renew")
                    .contains("waiting for cert-manager", "apiserver", "and is renewed first");
            assertThat(replicas(world, ResourceKind.STATEFUL_SET, TenantNames.ETCD))
                    .isZero();

            deny(world, "null");
            pass(world, landscape, Duration.ofDays(2)); // the longest that cert-manager waits after failures
            // No further: whoever dials checks certificates by the clock of this machine.
            landscape.runUntil(
                    () -> Tenant.state(landscape).hibernation().phase() == ClusterHibernation.Phase.API_STARTING);

            assertThat(Tenant.state(landscape).firstToEnd().orElseThrow().notAfter())
                    .isAfter(Instant.now().plus(passed.get()).plus(Duration.ofDays(1)));
        }
    }

    private void pass(SandboxWorld world, Landscape landscape, Duration time) throws Exception {
        passed.updateAndGet(before -> before.plus(time));
        world.sandbox().recheck();
        landscape.runUntil(world.sandbox()::isIdle);
        landscape.pass(time);
    }

    private static void deny(SandboxWorld world, String reason) {
        world.sandbox()
                .management()
                .patch(
                        Types.CERTIFICATE,
                        NAMESPACE,
                        "apiserver",
                        new Patch.Merge(Json.parseObject(
                                "{\"metadata\":{\"annotations\":{\"sandbox.aetherplatform.cloud/deny\":" + reason
                                        + "}}}")),
                        WriteOptions.by("a-policy"));
    }

    private static Rendered webhook(String resource) {
        return new Rendered(
                new ObjectRef(ResourceKind.VALIDATING_WEBHOOK_CONFIGURATION, "", "policy"),
                resource,
                Json.parseObject("""
                        {"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration",
                        "metadata":{"name":"policy"},"webhooks":[{"name":"check.policy.example","failurePolicy":"Fail",
                        "clientConfig":{"service":{"namespace":"policy","name":"check"}},
                        "rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["%s"]}]}]}
                        """.formatted(resource)));
    }

    private static void assertNothingWasCalledWrong(Landscape landscape) {
        assertThat(landscape.log().events())
                .noneMatch(ClusterEvent.DriftCorrected.class::isInstance)
                .noneMatch(ClusterEvent.ClusterDegraded.class::isInstance)
                .noneMatch(ClusterEvent.WorkStalled.class::isInstance)
                .noneMatch(NodePoolEvent.NodePoolDegraded.class::isInstance);
    }

    private static List<String> told(Landscape landscape) {
        return landscape.log().events().stream()
                .filter(event -> event instanceof ClusterEvent || event instanceof NodePoolEvent)
                .dropWhile(event -> !(event instanceof ClusterEvent.ClusterHibernationStarted))
                .map(HibernationTest::named)
                .filter(name -> name.contains("Hibern")
                        || name.contains("Asleep")
                        || name.contains("Wake")
                        || name.contains("Woken")
                        || name.contains("Awake"))
                .toList();
    }

    private static String named(DomainEvent event) {
        String name = event.getClass().getSimpleName();
        return event instanceof ClusterEvent.HibernationAdvanced advanced ? name + " " + advanced.phase() : name;
    }

    private static List<JsonNode> pods(SandboxWorld world) {
        return world.cluster().list(ResourceKind.POD, NAMESPACE, Map.of());
    }

    private static int replicas(SandboxWorld world, ResourceKind kind, String name) {
        return world.cluster()
                .find(new ObjectRef(kind, NAMESPACE, name))
                .orElseThrow()
                .at("/spec/replicas")
                .asInt(-1);
    }

    /** By kind and name, the uid of each: what is made again has another. */
    private static Map<String, String> kept(SandboxWorld world) {
        Map<String, String> uids = new HashMap<>();
        for (ResourceKind kind :
                List.of(ResourceKind.SECRET, ResourceKind.PERSISTENT_VOLUME_CLAIM, ResourceKind.SERVICE)) {
            world.cluster()
                    .list(kind, NAMESPACE, Map.of())
                    .forEach(object -> uids.put(
                            kind.kind() + "/" + object.at("/metadata/name").asString(""),
                            object.at("/metadata/uid").asString("")));
        }
        assertThat(uids).containsKeys("PersistentVolumeClaim/data-etcd-0", "Secret/admin", "Service/kube-apiserver");
        return uids;
    }
}
