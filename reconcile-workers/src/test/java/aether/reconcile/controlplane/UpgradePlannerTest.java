package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterUpgrade;
import aether.domain.cluster.ClusterUpgrade.Phase;
import aether.domain.cluster.KeyRotation;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.Schedule;
import aether.reconcile.render.SnapshotStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class UpgradePlannerTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(2, 2));
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    private static final KubernetesVersion FROM = new KubernetesVersion(1, 33, 5);
    private static final KubernetesVersion TO = new KubernetesVersion(1, 34, 1);
    private static final TenantAccess ACCESS = new TenantAccess("10.2.0.2:6443", "ca", "certificate", "key");
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
    private static final String NAMESPACE = "tenant-" + CLUSTER;

    private final ControlPlaneRendering rendering = new ControlPlaneRendering(new RenderingOptions("", Map.of()));
    private final ControlPlanePlanner planner = new ControlPlanePlanner(rendering);

    private static DesiredControlPlane in(Phase phase, KubernetesVersion from, KubernetesVersion to) {
        ClusterUpgrade upgrade = new ClusterUpgrade(phase, 3, from, to);
        return SomeControlPlane.of(CLUSTER, ORGANIZATION).during(upgrade).wanted();
    }

    /** All as rendered for the stage. */
    private ObservedControlPlane settled(DesiredControlPlane desired, String trouble, ObjectNode... more) {
        return settled(rendering, desired, trouble, more);
    }

    private static ObservedControlPlane settled(
            ControlPlaneRendering rendering, DesiredControlPlane desired, String trouble, ObjectNode... more) {
        Map<String, String> certificates = new HashMap<>();
        TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST)
                .forEach(row -> certificates.put(row.name(), row.name()));
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        for (Rendered rendered : rendering.of(desired, certificates, TrustBundles.NONE, Optional.of(ACCESS), "")) {
            objects.put(rendered.ref(), rendered.json());
        }
        Rendered keys = EncryptionKeys.keep(desired, 1, new Random(3));
        objects.put(keys.ref(), keys.json());
        List.of(more).forEach(object -> objects.put(ObjectRef.of(object), object));
        return new ObservedControlPlane(
                objects,
                certificates,
                TrustBundles.NONE,
                Map.of(),
                Optional.of(ACCESS),
                "v" + desired.versions().apiServers(),
                trouble,
                Duration.ofHours(1));
    }

    private static ObjectNode copy(ObservedControlPlane observed, ObjectRef ref) {
        return (ObjectNode)
                Objects.requireNonNull(observed.objects().get(ref), ref.shown()).deepCopy();
    }

    private List<ControlPlaneStep> steps(Phase phase) {
        DesiredControlPlane desired = in(phase, FROM, TO);
        return planner.plan(desired, settled(desired, "")).steps();
    }

    @Test
    void aStageThatIsOverIsReported() {
        assertThat(steps(Phase.PREPARING)).containsExactly(new ControlPlaneStep.ReportUpgradePrepared(TO, "", true));
        assertThat(steps(Phase.ETCD)).containsExactly(new ControlPlaneStep.ReportEtcdUpgraded(TO));
        assertThat(steps(Phase.API_SERVERS)).containsExactly(new ControlPlaneStep.ReportApiServersUpgraded(TO));
        assertThat(steps(Phase.SERVING)).containsExactly(new ControlPlaneStep.ReportApiServersUpgraded(TO));
        assertThat(steps(Phase.CONTROLLERS)).containsExactly(new ControlPlaneStep.ReportReady(TO));
        assertThat(steps(Phase.NODES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"succeeded, 1", "failed, 0", "running, 0"})
    void whereTheSiteKeepsSnapshotsOneIsTakenFirst(String how, int reports) {
        ControlPlaneRendering keeping = new ControlPlaneRendering(new RenderingOptions("", Map.of()).with(UPKEEP));
        ControlPlanePlanner planning = new ControlPlanePlanner(keeping);
        DesiredControlPlane desired = in(Phase.PREPARING, FROM, TO);
        ObservedControlPlane observed = settled(keeping, desired, "");
        ObjectRef ref = new ObjectRef(ResourceKind.JOB, NAMESPACE, "etcd-snapshot-upgrade-3");
        ObjectNode job = copy(observed, ref);
        switch (how) {
            case "succeeded" -> job.withObject("status").put("succeeded", 1);
            case "failed" ->
                job.withObject("status")
                        .putArray("conditions")
                        .addObject()
                        .put("type", "Failed")
                        .put("status", "True")
                        .put("message", "no room");
            default -> {
                // it has no status yet
            }
        }

        Plan<ControlPlaneStep> plan = planning.plan(desired, settled(keeping, desired, "", job));

        assertThat(plan.steps()).hasSize(reports);
        if (reports > 0) {
            assertThat(plan.steps())
                    .containsExactly(new ControlPlaneStep.ReportUpgradePrepared(
                            TO, CLUSTER + "/etcd-snapshot-upgrade-3.db", true));
        } else {
            assertThat(plan.then().toString())
                    .contains(how.equals("failed") ? "no room; delete it to have it tried again" : "is being taken");
            assertThat(plan.then().hindrances())
                    .extracting(Hindrance::reason)
                    .isEqualTo(how.equals("failed") ? List.of("SnapshotFailed") : List.of());
        }
    }

    @Test
    void etcdThatStaysIsSaidToStay() {
        DesiredControlPlane desired = in(Phase.PREPARING, new KubernetesVersion(1, 33, 4), FROM);

        assertThat(planner.plan(desired, settled(desired, "")).steps())
                .containsExactly(new ControlPlaneStep.ReportUpgradePrepared(FROM, "", false));
    }

    /** Only what the stage moves is written. */
    @ParameterizedTest
    @CsvSource({
        "PREPARING, ETCD, StatefulSet/etcd",
        "ETCD, API_SERVERS, Deployment/kube-apiserver",
        "SERVING, CONTROLLERS, Deployment/kube-controller-manager Deployment/kube-scheduler"
    })
    void eachStageWritesItsPartOnly(Phase before, Phase stage, String written) {
        List<ControlPlaneStep> steps = planner.plan(in(stage, FROM, TO), settled(in(before, FROM, TO), ""))
                .steps();

        assertThat(steps).allSatisfy(step -> assertThat(step).isInstanceOf(ControlPlaneStep.Apply.class));
        assertThat(String.join(
                        " ",
                        steps.stream()
                                .map(step -> ((ControlPlaneStep.Apply) step)
                                        .rendered()
                                        .ref()
                                        .shown())
                                .sorted()
                                .toList()))
                .isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "API_SERVERS, 3, 1, 3, true", // two of before and a new one serve
        "API_SERVERS, 3, 1, 2, false", // the new one does not yet
        "API_SERVERS, 2, 0, 2, false", // nothing new is there
        "SERVING, 3, 1, 3, false" // it is known
    })
    void theFirstNewServerIsNews(Phase phase, int replicas, int updated, int ready, boolean news) {
        DesiredControlPlane desired = in(phase, FROM, TO);
        ObjectRef servers = new ObjectRef(ResourceKind.DEPLOYMENT, NAMESPACE, "kube-apiserver");
        ObjectNode deployment = copy(settled(desired, ""), servers);
        deployment
                .withObject("status")
                .put("replicas", replicas)
                .put("updatedReplicas", updated)
                .put("readyReplicas", ready);

        Plan<ControlPlaneStep> plan = planner.plan(desired, settled(desired, "not all are up to date", deployment));

        assertThat(plan.steps()).isEqualTo(news ? List.of(new ControlPlaneStep.ReportUpgradeServing(TO)) : List.of());
    }
}
