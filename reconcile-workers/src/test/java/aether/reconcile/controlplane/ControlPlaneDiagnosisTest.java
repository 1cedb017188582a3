package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.Fault;
import aether.domain.cluster.OidcSettings;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said of pods and claims as Kubernetes reports them. */
class ControlPlaneDiagnosisTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(0, 1));
    private static final DesiredControlPlane DESIRED = SomeControlPlane.of(CLUSTER, new OrganizationId(new UUID(0, 2)))
            .at(KubernetesVersion.SUPPORTED.getFirst())
            .wanted();

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    private static JsonNode pod(String component, String waiting) {
        return json("""
                {"metadata": {"name": "%1$s-x", "labels": {"app.kubernetes.io/name": "%1$s"}},
                 "status": {"phase": "Pending",
                   "conditions": [{"type": "PodScheduled", "status": "True"}, {"type": "Ready", "status": "False"}],
                   "containerStatuses": [{"name": "%1$s", "ready": false,
                     "state": {"waiting": {"reason": "%2$s", "message": "why"}},
                     "lastState": {"terminated": {"reason": "Error", "message": "unknown flag"}}}]}}
                """.formatted(component, waiting));
    }

    private static ObservedControlPlane observed(JsonNode... objects) {
        Map<ObjectRef, JsonNode> all = new HashMap<>();
        for (JsonNode object : objects) {
            ResourceKind kind = object.path("status").has("containerStatuses")
                            || object.path("status").has("conditions")
                    ? ResourceKind.POD
                    : ResourceKind.PERSISTENT_VOLUME_CLAIM;
            all.put(new ObjectRef(kind, "tenant", object.at("/metadata/name").asString("")), object);
        }
        return new ObservedControlPlane(
                all,
                Map.of(),
                TrustBundles.NONE,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                "trouble",
                Duration.ZERO,
                "",
                List.of(),
                false);
    }

    private static List<String> said(DesiredControlPlane desired, ObservedControlPlane observed) {
        return ControlPlaneDiagnosis.of(desired, observed).stream()
                .map(found -> found.whose() + " " + found.reason())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "ErrImagePull, INFRASTRUCTURE, ImageNotPulled",
        "ImagePullBackOff, INFRASTRUCTURE, ImageNotPulled",
        "RegistryUnavailable, INFRASTRUCTURE, ImageNotPulled",
        "InvalidImageName, OURS, ImageInvalid",
        "ErrImageNeverPull, OURS, ImageInvalid",
        "CreateContainerConfigError, INFRASTRUCTURE, SecretMissing",
        "CrashLoopBackOff, OURS, CrashLooping",
    })
    void everyWordOfAKubeletHasItsOwner(String waiting, Fault whose, String reason) {
        assertThat(said(DESIRED, observed(pod("kube-scheduler", waiting)))).containsExactly(whose + " " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "3, CUSTOMER, SnapshotMissing",
        "4, CUSTOMER, SnapshotMissing",
        "1, INFRASTRUCTURE, SnapshotNotFetched",
        "5, INFRASTRUCTURE, SnapshotNotFetched",
    })
    void aSnapshotThatIsNotThereIsTheCustomersAndAStoreThatIsNotIsNot(int code, Fault whose, String reason) {
        DesiredControlPlane restored =
                DESIRED.with(new ClusterSnapshot(new ClusterId(new UUID(0, 9)), "etcd-snapshot-1"));
        JsonNode pod = json("""
                {"metadata": {"name": "etcd-0", "labels": {"app.kubernetes.io/name": "etcd"}},
                 "status": {"conditions": [{"type": "Ready", "status": "False"}],
                   "initContainerStatuses": [{"name": "fetch", "state": {"waiting": {"reason": "CrashLoopBackOff"}},
                     "lastState": {"terminated": {"exitCode": %d, "reason": "Error"}}}],
                   "containerStatuses": [{"name": "etcd", "state": {"waiting": {"reason": "PodInitializing"}}}]}}
                """.formatted(code));

        assertThat(said(restored, observed(pod))).containsExactly(whose + " " + reason);
        assertThat(ControlPlaneDiagnosis.of(restored, observed(pod)).getFirst().message())
                .contains("00000000-0000-0000-0000-000000000009/etcd-snapshot-1.db");
    }

    @Test
    void aPodThatIsBeingMadeIsNothing() {
        assertThat(said(DESIRED, observed(pod("kube-scheduler", "ContainerCreating"))))
                .isEmpty();
        assertThat(said(DESIRED, observed(pod("kube-scheduler", "PodInitializing"))))
                .isEmpty();
    }

    @Test
    void aCrashIsTheCustomersOnlyWhereTheCustomerHasSaidHowToRun() {
        DesiredControlPlane told = DESIRED.with(new ControlPlaneSettings(
                OidcSettings.NONE, new ExtraArgs(List.of(), List.of(), List.of("--kube-api-qps=5"))));

        assertThat(said(told, observed(pod("kube-scheduler", "CrashLoopBackOff"))))
                .containsExactly("CUSTOMER SettingsRefused");
        assertThat(said(told, observed(pod("kube-apiserver", "CrashLoopBackOff"))))
                .containsExactly("OURS CrashLooping");
        assertThat(ControlPlaneDiagnosis.of(told, observed(pod("kube-scheduler", "CrashLoopBackOff")))
                        .getFirst()
                        .message())
                .endsWith("it ended: unknown flag");
    }

    @Test
    void whatLiesDeepestComesFirst() {
        JsonNode claim = json("{\"metadata\": {\"name\": \"data-etcd-0\"}, \"status\": {\"phase\": \"Pending\"}}");
        JsonNode homeless = json("""
                {"metadata": {"name": "etcd-0"}, "status": {"conditions": [
                  {"type": "PodScheduled", "status": "False", "message": "unbound PersistentVolumeClaims"}]}}
                """);

        assertThat(said(DESIRED, observed(pod("kube-apiserver", "CrashLoopBackOff"), homeless, claim)))
                .containsExactly("INFRASTRUCTURE ClaimPending", "INFRASTRUCTURE NotScheduled", "OURS CrashLooping");
    }

    @Test
    void aLostVolumeIsToldSoonerThanOneThatIsStillMade() {
        JsonNode lost = json("{\"metadata\": {\"name\": \"data-etcd-0\"}, \"status\": {\"phase\": \"Lost\"}}");

        assertThat(ControlPlaneDiagnosis.of(DESIRED, observed(lost)))
                .containsExactly(new Hindrance(
                        Fault.INFRASTRUCTURE, "ClaimLost", "PersistentVolumeClaim/data-etcd-0 lost its volume"));
    }

    @Test
    void aFullEtcdIsTheCustomersAndExplainsControllersThatCrash() {
        ObservedControlPlane full = new ObservedControlPlane(
                observed(pod("kube-scheduler", "CrashLoopBackOff")).objects(),
                Map.of(),
                TrustBundles.NONE,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                "trouble",
                Duration.ZERO,
                "",
                List.of(),
                true);

        assertThat(said(DESIRED, full)).containsExactly("CUSTOMER EtcdFull", "OURS CrashLooping");
    }

    @Test
    void anApiThatDoesNotAnswerAlthoughItsPodsServeIsToldAsThat() {
        ObservedControlPlane silent = new ObservedControlPlane(
                Map.of(),
                Map.of(),
                TrustBundles.NONE,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                "x",
                Duration.ZERO,
                "no route to host",
                List.of(),
                false);

        assertThat(said(DESIRED, silent)).containsExactly("INFRASTRUCTURE TenantApiAway");
    }
}
