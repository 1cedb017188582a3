package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterHibernation.Phase;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.KeyRotation;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.Schedule;
import aether.reconcile.render.SnapshotStore;
import aether.reconcile.render.TenantNames;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Each phase of a sleep and of its end: what is rendered, what is waited for, and what ends it. */
class HibernationPlannerTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(2, 2));
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    private static final KubernetesVersion VERSION = new KubernetesVersion(1, 34, 1);
    private static final TenantAccess ACCESS = new TenantAccess("10.2.0.2:6443", "ca", "certificate", "key");
    private static final String NAMESPACE = TenantNames.namespace(CLUSTER);
    private static final EtcdUpkeep UPKEEP = new EtcdUpkeep(
            new Schedule("H 3 * * 6"),
            1L << 30,
            "monitoring",
            new SnapshotStore(
                    new Schedule("H */6 * * *"),
                    "rclone",
                    "bucket",
                    Map.of("type", "s3"),
                    "snapshot-store",
                    List.of("10.0.0.0/8"),
                    443));
    private static final ControlPlaneRendering PLAIN = new ControlPlaneRendering(new RenderingOptions("", Map.of()));
    private static final ControlPlaneRendering KEEPING =
            new ControlPlaneRendering(new RenderingOptions("", Map.of()).with(UPKEEP));

    private static DesiredControlPlane in(Phase phase) {
        return SomeControlPlane.of(CLUSTER, ORGANIZATION)
                .at(VERSION)
                .in(ClusterStatus.HIBERNATING)
                .wanted()
                .with(new ClusterHibernation(3, phase, ""));
    }

    /** What is there: all as rendered, and the volume of etcd. */
    private static final class Scene {
        private final Map<ObjectRef, JsonNode> objects =
                new TreeMap<>(Comparator.comparing(ref -> ref.kind().kind() + ref.namespace() + ref.name()));
        private Map<String, String> ending = Map.of();
        private String trouble = "";
        private Duration troubledFor = Duration.ZERO;
        private String version = "v" + VERSION;

        Scene(ControlPlaneRendering rendering, DesiredControlPlane desired) {
            for (Rendered rendered :
                    rendering.of(desired, certificates(), TrustBundles.NONE, Optional.of(ACCESS), "")) {
                objects.put(rendered.ref(), rendered.json());
            }
            Rendered keys = EncryptionKeys.keep(in(Phase.PREPARING), 1, new Random(3));
            objects.put(keys.ref(), keys.json());
            claim("{\"status\":{\"phase\":\"Bound\"}}");
        }

        Scene claim(String json) {
            objects.put(HibernationObstacles.volumes(in(Phase.PREPARING)).getFirst(), tree(json));
            return this;
        }

        Scene without(ResourceKind kind, String name) {
            objects.remove(new ObjectRef(kind, NAMESPACE, name));
            return this;
        }

        Scene with(ResourceKind kind, String name, String json) {
            objects.put(new ObjectRef(kind, NAMESPACE, name), tree(json));
            return this;
        }

        Scene merged(ResourceKind kind, String name, String pointer, String value) {
            ObjectRef ref = new ObjectRef(kind, NAMESPACE, name);
            ObjectNode changed =
                    (ObjectNode) Objects.requireNonNull(objects.get(ref)).deepCopy();
            changed.withObject(pointer.substring(0, pointer.lastIndexOf('/')))
                    .put(pointer.substring(pointer.lastIndexOf('/') + 1), value);
            objects.put(ref, changed);
            return this;
        }

        Scene pod(String component) {
            return with(
                    ResourceKind.POD,
                    component + "-0",
                    "{\"metadata\":{\"labels\":{\"" + Labels.NAME + "\":\"" + component + "\"}}}");
        }

        Scene troubled(String why, Duration since) {
            trouble = why;
            troubledFor = since;
            return this;
        }

        Scene answering(String other) {
            version = other;
            return this;
        }

        Scene ending(String name, String why) {
            ending = Map.of(name, why);
            return this;
        }

        ObservedControlPlane observed() {
            return new ObservedControlPlane(
                    objects,
                    certificates(),
                    TrustBundles.NONE,
                    ending,
                    Optional.of(ACCESS),
                    version,
                    trouble,
                    troubledFor);
        }
    }

    private static Map<String, String> certificates() {
        Map<String, String> hashes = new HashMap<>();
        TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST)
                .forEach(row -> hashes.put(row.name(), row.name()));
        return hashes;
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private static Scene scene(Phase phase) {
        return new Scene(PLAIN, in(phase));
    }

    private static Plan<ControlPlaneStep> plan(Phase phase, Scene scene) {
        return new ControlPlanePlanner(PLAIN).plan(in(phase), scene.observed());
    }

    private static ControlPlaneStep done(Phase phase) {
        return new ControlPlaneStep.ReportHibernationPhaseDone(3, phase);
    }

    private static String obstacle(Scene scene) {
        return plan(Phase.PREPARING, scene).steps().stream()
                .map(step -> ((ControlPlaneStep.ReportHibernationObstructed) step).obstacle())
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "AWAKE, 1, 2, 1",
        "PREPARING, 1, 2, 1",
        "NODES_LEAVING, 1, 2, 1",
        "API_STOPPING, 1, 0, 0",
        "ETCD_STOPPING, 0, 0, 0",
        "ASLEEP, 0, 0, 0",
        "CERTIFICATES, 0, 0, 0",
        "ETCD_STARTING, 1, 0, 0",
        "API_STARTING, 1, 2, 0",
        "CONTROLLERS_STARTING, 1, 2, 1",
        "NODES_JOINING, 1, 2, 1"
    })
    void eachPhaseHasItsPods(Phase phase, int etcd, int servers, int controllers) {
        Map<ObjectRef, JsonNode> objects = new Scene(KEEPING, in(phase)).objects;

        assertThat(replicas(objects, ResourceKind.STATEFUL_SET, TenantNames.ETCD))
                .isEqualTo(etcd);
        assertThat(replicas(objects, ResourceKind.DEPLOYMENT, TenantNames.API_SERVICE))
                .isEqualTo(servers);
        for (String name : List.of("kube-controller-manager", "kube-scheduler")) {
            assertThat(replicas(objects, ResourceKind.DEPLOYMENT, name)).isEqualTo(controllers);
        }
        for (String name : List.of("etcd-defrag", "etcd-snapshot")) {
            assertThat(at(objects, ResourceKind.CRON_JOB, name)
                            .at("/spec/suspend")
                            .asBoolean(false))
                    .as("%s has nobody to talk to", name)
                    .isEqualTo(servers == 0);
        }
        assertThat(objects)
                .as("what keeps pods apart does not go with them")
                .containsKey(new ObjectRef(ResourceKind.POD_DISRUPTION_BUDGET, NAMESPACE, TenantNames.API_SERVICE));
    }

    private static int replicas(Map<ObjectRef, JsonNode> objects, ResourceKind kind, String name) {
        return at(objects, kind, name).at("/spec/replicas").asInt(-1);
    }

    private static JsonNode at(Map<ObjectRef, JsonNode> objects, ResourceKind kind, String name) {
        return Objects.requireNonNull(objects.get(new ObjectRef(kind, NAMESPACE, name)), name);
    }

    @Test
    void whatStandsInTheWayIsSaidWhileNothingIsTouched() {
        assertThat(plan(Phase.PREPARING, scene(Phase.PREPARING)).steps())
                .containsExactly(new ControlPlaneStep.ReportHibernationPrepared(3, ""));
        assertThat(obstacle(scene(Phase.PREPARING).without(ResourceKind.PERSISTENT_VOLUME_CLAIM, "data-etcd-0")))
                .isEqualTo("etcd has no volume, PersistentVolumeClaim/data-etcd-0 is not there");
        assertThat(obstacle(scene(Phase.PREPARING).claim("{\"status\":{\"phase\":\"Lost\"}}")))
                .isEqualTo("etcd has no volume, PersistentVolumeClaim/data-etcd-0 is Lost");
        assertThat(obstacle(scene(Phase.PREPARING)
                        .claim("{\"metadata\":{\"deletionTimestamp\":\"2026-11-30T00:00:00Z\"},"
                                + "\"status\":{\"phase\":\"Bound\"}}")))
                .contains("would go with its pod");
        assertThat(obstacle(scene(Phase.PREPARING)
                        .merged(
                                ResourceKind.STATEFUL_SET,
                                TenantNames.ETCD,
                                "/spec/persistentVolumeClaimRetentionPolicy/whenScaled",
                                "Delete")))
                .contains("spec.persistentVolumeClaimRetentionPolicy.whenScaled is Delete");
        assertThat(obstacle(scene(Phase.PREPARING)
                        .troubled("StatefulSet/etcd: 0 of 1 pods serve", HibernationPlanner.PATIENCE)))
                .isEqualTo("the control plane does not serve, StatefulSet/etcd: 0 of 1 pods serve");
        assertThat(plan(Phase.PREPARING, scene(Phase.PREPARING).troubled("a moment", Duration.ofSeconds(59)))
                        .steps())
                .as("a pod that is replaced is back soon")
                .isEmpty();
        assertThat(plan(Phase.PREPARING, scene(Phase.PREPARING).answering("v1.33.5"))
                        .steps())
                .isEmpty();
    }

    @Test
    void aSnapshotComesFirstWhereTheSiteKeepsSome() {
        ControlPlanePlanner planner = new ControlPlanePlanner(KEEPING);
        DesiredControlPlane desired = in(Phase.PREPARING);
        String job = "etcd-snapshot-hibernation-3";
        Scene scene = new Scene(KEEPING, desired);
        assertThat(scene.objects).containsKey(new ObjectRef(ResourceKind.JOB, NAMESPACE, job));

        assertThat(planner.plan(desired, scene.observed()).steps())
                .as("it is being taken")
                .isEmpty();
        scene.merged(ResourceKind.JOB, job, "/status/succeeded", "1");
        assertThat(planner.plan(desired, scene.observed()).steps())
                .containsExactly(new ControlPlaneStep.ReportHibernationPrepared(3, CLUSTER + "/" + job + ".db"));
        Scene failed = new Scene(KEEPING, desired);
        ObjectNode failing =
                (ObjectNode) at(failed.objects, ResourceKind.JOB, job).deepCopy();
        failing.withObject("/status")
                .putArray("conditions")
                .addObject()
                .put("type", "Failed")
                .put("status", "True")
                .put("message", "the store is full");
        failed.objects.put(new ObjectRef(ResourceKind.JOB, NAMESPACE, job), failing);
        assertThat(planner.plan(desired, failed.observed()).steps())
                .containsExactly(new ControlPlaneStep.ReportHibernationObstructed(
                        3,
                        "Expected Job/" + job
                                + " to take a snapshot before the hibernation, but it failed: the store is full"));
        assertThat(new Scene(KEEPING, in(Phase.ASLEEP)).objects)
                .doesNotContainKey(new ObjectRef(ResourceKind.JOB, NAMESPACE, job));
    }

    @Test
    void aPhaseOfTheWayDownIsOverWhenNoPodIsLeft() {
        for (String component : List.of(
                TenantNames.API_SERVICE, ControllersRendering.CONTROLLER_MANAGER, ControllersRendering.SCHEDULER)) {
            assertThat(plan(Phase.API_STOPPING, scene(Phase.API_STOPPING).pod(component))
                            .steps())
                    .as("%s ends still", component)
                    .isEmpty();
        }
        assertThat(plan(Phase.API_STOPPING, scene(Phase.API_STOPPING).pod(TenantNames.ETCD))
                        .steps())
                .containsExactly(done(Phase.API_STOPPING));
        assertThat(plan(Phase.ETCD_STOPPING, scene(Phase.ETCD_STOPPING).pod(TenantNames.ETCD))
                        .steps())
                .isEmpty();
        assertThat(plan(Phase.ETCD_STOPPING, scene(Phase.ETCD_STOPPING)).steps())
                .containsExactly(done(Phase.ETCD_STOPPING));
    }

    @Test
    void aPhaseOfTheWayUpIsOverWhenItsPartServes() {
        Scene ending = scene(Phase.CERTIFICATES).ending("apiserver", "it ends soon");
        assertThat(plan(Phase.CERTIFICATES, ending).steps()).isEmpty();
        assertThat(plan(Phase.CERTIFICATES, scene(Phase.CERTIFICATES)).steps())
                .containsExactly(done(Phase.CERTIFICATES));
        assertThat(plan(Phase.ETCD_STARTING, scene(Phase.ETCD_STARTING).answering(""))
                        .steps())
                .as("nobody asks an API that is not to run")
                .containsExactly(done(Phase.ETCD_STARTING));
        for (Phase phase : List.of(Phase.ETCD_STARTING, Phase.API_STARTING, Phase.CONTROLLERS_STARTING)) {
            assertThat(plan(phase, scene(phase).troubled("0 of 1 pods serve", Duration.ofHours(1)))
                            .steps())
                    .as("%s: to start is no trouble, however long it takes", phase)
                    .isEmpty();
        }
        for (Phase phase : List.of(Phase.API_STARTING, Phase.CONTROLLERS_STARTING)) {
            assertThat(plan(phase, scene(phase).answering("")).steps()).isEmpty();
            assertThat(plan(phase, scene(phase)).steps()).containsExactly(done(phase));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"NODES_LEAVING", "ASLEEP", "NODES_JOINING"})
    void whereOthersWorkNothingIsSaid(Phase phase) {
        Scene scene = scene(phase).answering("").troubled("0 of 1 pods serve", Duration.ofHours(1));

        assertThat(plan(phase, scene)).isEqualTo(Plan.done());
    }

    @Test
    void aKeyThatIsLostInTheSleepIsNotReplacedByANewOne() {
        Scene scene = scene(Phase.ASLEEP)
                .without(ResourceKind.SECRET, EncryptionKeys.NAME)
                .without(ResourceKind.DEPLOYMENT, TenantNames.API_SERVICE);

        assertThat(plan(Phase.ASLEEP, scene).steps())
                .noneMatch(ControlPlaneStep.KeepNewEncryptionKey.class::isInstance);
        assertThat(plan(Phase.ASLEEP, scene).then().toString()).contains("put it back from a backup");
    }
}
