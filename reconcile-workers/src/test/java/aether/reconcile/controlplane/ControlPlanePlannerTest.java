package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.KeyRotation;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.certificates.RootRendering;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.loop.Plan;
import aether.reconcile.loop.WorkOutcome;
import aether.reconcile.render.NamespaceRendering;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ControlPlanePlannerTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(2, 2));
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    private static final KubernetesVersion VERSION = new KubernetesVersion(1, 34, 1);
    private static final TenantAccess ACCESS = new TenantAccess("10.2.0.2:6443", "ca", "certificate", "key");
    private static final TrustBundles TRUST = new TrustBundles(pem("MIIB"), pem("MIIE"), pem("MIIF"));
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ControlPlaneRendering rendering = new ControlPlaneRendering(new RenderingOptions("", Map.of()));
    private final ControlPlanePlanner planner = new ControlPlanePlanner(rendering);

    private static DesiredControlPlane desired(ClusterStatus status, boolean reported, boolean removal) {
        return SomeControlPlane.of(CLUSTER, ORGANIZATION)
                .at(VERSION)
                .removed(removal)
                .reported(reported)
                .in(status)
                .wanted();
    }

    private ObservedControlPlane complete(String version, String trouble, Duration troubledFor) {
        Map<String, String> certificates = new HashMap<>();
        TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST)
                .forEach(row -> certificates.put(row.name(), row.name()));
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        for (Rendered rendered : rendering.of(
                desired(ClusterStatus.RUNNING, true, false), certificates, TRUST, Optional.of(ACCESS), "")) {
            objects.put(rendered.ref(), rendered.json());
        }
        Rendered keys = EncryptionKeys.keep(desired(ClusterStatus.RUNNING, true, false), 1, new Random(3));
        objects.put(keys.ref(), keys.json());
        return new ObservedControlPlane(
                objects, certificates, TRUST, Map.of(), Optional.of(ACCESS), version, trouble, troubledFor);
    }

    private static ObservedControlPlane namespace(ObjectNode namespace) {
        return new ObservedControlPlane(
                Map.of(ObjectRef.of(namespace), namespace),
                Map.of(),
                TrustBundles.NONE,
                Map.of(),
                Optional.empty(),
                "",
                "",
                Duration.ZERO);
    }

    /** A Secret's type cannot be changed, so two of one name would be fought over for ever. */
    @Test
    void noTwoObjectsHaveOneNameWhateverTheClusterIsCalled() {
        for (String name : List.of("shop", "admin")) {
            DesiredControlPlane desired = SomeControlPlane.of(CLUSTER, ORGANIZATION)
                    .called(name)
                    .at(VERSION)
                    .wanted();
            List<ObjectRef> refs = rendering.of(desired, Map.of(), TRUST, Optional.of(ACCESS), "").stream()
                    .map(Rendered::ref)
                    .toList();

            assertThat(refs)
                    .doesNotHaveDuplicates()
                    .contains(new ObjectRef(ResourceKind.SECRET, "tenant-" + CLUSTER, name + "-kubeconfig"));
        }
    }

    @Test
    void aSteadyControlPlaneNeedsNothing() {
        assertThat(planner.plan(desired(ClusterStatus.RUNNING, true, false), complete("v1.34.1", "", Duration.ZERO)))
                .isEqualTo(Plan.done());
    }

    @Test
    void nothingIsRenderedBeforeTheCertificatesAreThere() {
        ObservedControlPlane bare = new ObservedControlPlane(
                Map.of(), Map.of(), TrustBundles.NONE, Map.of(), Optional.empty(), "", "", Duration.ZERO);

        assertThat(planner.plan(desired(ClusterStatus.PROVISIONING, false, false), bare)
                        .steps())
                .isEmpty();
    }

    private ObservedControlPlane without(ObservedControlPlane observed, ObjectRef... gone) {
        Map<ObjectRef, JsonNode> objects = new HashMap<>(observed.objects());
        List.of(gone).forEach(objects::remove);
        return new ObservedControlPlane(
                objects,
                observed.certificates(),
                observed.trust(),
                observed.notReissued(),
                observed.access(),
                observed.version(),
                observed.trouble(),
                observed.troubledFor());
    }

    @Test
    void theKeyForSecretsIsMadeBeforeTheFirstServer() {
        ObservedControlPlane fresh = without(
                complete("", "", Duration.ZERO),
                EncryptionKeys.kept(CLUSTER, 1),
                new ObjectRef(ResourceKind.DEPLOYMENT, "tenant-" + CLUSTER, "kube-apiserver"));

        assertThat(planner.plan(desired(ClusterStatus.PROVISIONING, false, false), fresh)
                        .steps())
                .containsExactly(new ControlPlaneStep.KeepNewEncryptionKey(1));
    }

    @Test
    void aKeyForSecretsThatIsGoneIsNeverReplaced() {
        ObservedControlPlane lost = without(complete("v1.34.1", "", Duration.ZERO), EncryptionKeys.kept(CLUSTER, 1));

        assertThat(planner.plan(desired(ClusterStatus.RUNNING, true, false), lost)
                        .steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        ControlPlaneStep.ReportDegraded.class,
                        degraded -> assertThat(degraded.reason()).contains("secrets-encryption", "it is gone"));
        assertThat(planner.plan(desired(ClusterStatus.DEGRADED, true, false), lost)
                        .steps())
                .isEmpty();
    }

    @Test
    void itIsReadyOnlyWhenItAnswersWithTheWantedVersion() {
        DesiredControlPlane fresh = desired(ClusterStatus.PROVISIONING, false, false);

        assertThat(planner.plan(fresh, complete("v1.33.5", "", Duration.ZERO)).steps())
                .isEmpty();
        assertThat(planner.plan(fresh, complete("v1.34.1", "", Duration.ZERO)).steps())
                .containsExactly(new ControlPlaneStep.ReportReady(VERSION));
    }

    @Test
    void aShortTroubleIsWaitedForAndALongOneIsReportedWhileRunningOnly() {
        DesiredControlPlane running = desired(ClusterStatus.RUNNING, true, false);

        assertThat(planner.plan(running, complete("", "no pods", Duration.ofSeconds(1)))
                        .steps())
                .isEmpty();
        assertThat(planner.plan(running, complete("", "no pods", LONG)).steps())
                .containsExactly(new ControlPlaneStep.ReportDegraded("no pods"));
        assertThat(planner.plan(desired(ClusterStatus.UPGRADING, true, false), complete("", "no pods", LONG))
                        .steps())
                .isEmpty();
    }

    /**
     * All of them begun with what is wanted, some of another kind still; {@code away} fewer API servers than wanted.
     */
    private ObservedControlPlane replacing(int away, Duration since, JsonNode... besides) {
        ObservedControlPlane complete = complete("v1.34.1", "", Duration.ZERO);
        Map<ObjectRef, JsonNode> objects = new HashMap<>(complete.objects());
        complete.objects().forEach((ref, object) -> {
            if (List.of(ResourceKind.DEPLOYMENT, ResourceKind.STATEFUL_SET).contains(ref.kind())) {
                int serving = object.at("/spec/replicas").asInt(1) - (ref.name().equals("kube-apiserver") ? away : 0);
                ObjectNode workload = object.deepCopy().asObject();
                workload.putObject("status")
                        .put("updatedReplicas", 0)
                        .put("readyReplicas", serving)
                        .put("availableReplicas", serving);
                objects.put(ref, workload);
            }
        });
        for (JsonNode pod : besides) {
            objects.put(ObjectRef.of(pod.asObject()), pod);
        }
        return new ObservedControlPlane(
                objects,
                complete.certificates(),
                TRUST,
                Map.of(),
                Optional.of(ACCESS),
                "",
                Availability.trouble(objects, "tenant-" + CLUSTER),
                since);
    }

    @Test
    void podsThatAreReplacedWhileOthersServeAreNoTroubleForAsLongAsKubernetesWaits() {
        DesiredControlPlane running = desired(ClusterStatus.RUNNING, true, false);

        assertThat(planner.plan(running, replacing(0, Duration.ofMinutes(9))).steps())
                .isEmpty();
        assertThat(planner.plan(running, replacing(0, Duration.ofMinutes(10))).steps())
                .singleElement()
                .isInstanceOf(ControlPlaneStep.ReportDegraded.class);
        assertThat(planner.plan(running, replacing(1, Duration.ofSeconds(5))).steps())
                .describedAs("one server too few")
                .singleElement()
                .isInstanceOf(ControlPlaneStep.ReportDegraded.class);
    }

    @Test
    void aNewPodThatSaysWhatKeepsItIsNotWaitedFor() {
        JsonNode pod = JsonMapper.shared().readTree("""
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": "tenant-%s", "name": "kube-apiserver-2-0"},
                 "status": {"containerStatuses": [{"name": "kube-apiserver",
                     "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "unknown flag"}}}]}}
                """.formatted(CLUSTER));

        assertThat(planner.plan(desired(ClusterStatus.RUNNING, true, false), replacing(0, Duration.ofSeconds(5), pod))
                        .steps())
                .singleElement()
                .isInstanceOf(ControlPlaneStep.ReportDegraded.class);
    }

    @Test
    void aDegradedClusterThatServesHasRecovered() {
        assertThat(planner.plan(desired(ClusterStatus.DEGRADED, true, false), complete("v1.34.1", "", Duration.ZERO))
                        .steps())
                .containsExactly(new ControlPlaneStep.ReportRecovered());
    }

    @Test
    void removalDeletesTheNamespaceWaitsAndThenSaysSo() {
        DesiredControlPlane removal = desired(ClusterStatus.DELETING, true, true);
        ObjectNode there = NamespaceRendering.of(ORGANIZATION, CLUSTER).json().deepCopy();
        there.withObject("metadata").put("uid", "u-1");

        assertThat(planner.plan(removal, namespace(there)).steps())
                .containsExactly(new ControlPlaneStep.Delete(
                        new ObjectRef(ResourceKind.NAMESPACE, "", "tenant-" + CLUSTER), "u-1"));
        there.withObject("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
        assertThat(planner.plan(removal, namespace(there)).steps()).isEmpty();
        assertThat(planner.plan(
                                removal,
                                new ObservedControlPlane(
                                        Map.of(),
                                        Map.of(),
                                        TrustBundles.NONE,
                                        Map.of(),
                                        Optional.empty(),
                                        "",
                                        "",
                                        Duration.ZERO))
                        .steps())
                .isEqualTo(List.of(new ControlPlaneStep.ReportRemoved()));
    }

    @Test
    void theRootGoesAfterTheNamespaceAndItsKeyLast() {
        DesiredControlPlane removal = desired(ClusterStatus.DELETING, true, true);
        Map<ObjectRef, JsonNode> there = new HashMap<>();
        for (ObjectRef ref : RootRendering.outsideOfTheNamespace(CLUSTER)) {
            ObjectNode object =
                    NamespaceRendering.of(ORGANIZATION, CLUSTER).json().deepCopy();
            object.withObject("metadata").put("uid", "u-" + ref.kind().kind());
            there.put(ref, object);
        }
        List<String> gone = new ArrayList<>();
        while (!there.isEmpty()) {
            ControlPlaneStep step = planner.plan(
                            removal,
                            new ObservedControlPlane(
                                    there,
                                    Map.of(),
                                    TrustBundles.NONE,
                                    Map.of(),
                                    Optional.empty(),
                                    "",
                                    "",
                                    Duration.ZERO))
                    .steps()
                    .getFirst();
            assertThat(step).isInstanceOfSatisfying(ControlPlaneStep.Delete.class, delete -> {
                gone.add(delete.ref().kind().kind());
                there.remove(delete.ref());
            });
        }

        assertThat(gone).containsExactly("ClusterIssuer", "Certificate", "Issuer", "Secret");
    }

    @Test
    void aNamespaceOfSomebodyElseIsLeftAlone() {
        ObjectNode theirs = NamespaceRendering.of(ORGANIZATION, CLUSTER).json().deepCopy();
        theirs.withObject("metadata").remove("labels");

        Plan<ControlPlaneStep> plan = planner.plan(desired(ClusterStatus.DELETING, true, true), namespace(theirs));

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.then()).isInstanceOf(WorkOutcome.Failed.class);
    }

    private static DesiredControlPlane rotating(ClusterAuthority.Phase phase) {
        return rotating(CertificateAuthority.CLUSTER, phase);
    }

    private static DesiredControlPlane rotating(CertificateAuthority which, ClusterAuthority.Phase phase) {
        return SomeControlPlane.of(CLUSTER, ORGANIZATION)
                .at(VERSION)
                .with(ClusterAuthorities.FIRST.with(which, new ClusterAuthority(1, phase)))
                .wanted();
    }

    /** All as rendered for the phase, with these certificates still of the wrong authority, and these Secrets there. */
    private ObservedControlPlane settled(
            ClusterAuthority.Phase phase, Map<String, String> notReissued, String... secrets) {
        return settled(rotating(phase), Optional.empty(), notReissued, secrets);
    }

    private ObservedControlPlane settled(
            DesiredControlPlane desired,
            Optional<JsonNode> published,
            Map<String, String> notReissued,
            String... secrets) {
        Map<String, String> certificates = new HashMap<>();
        TenantCertificate.of(desired.authorities(), KeyRotation.FIRST)
                .forEach(row -> certificates.put(row.name(), row.name()));
        Map<ObjectRef, JsonNode> objects =
                new HashMap<>(complete("", "", Duration.ZERO).objects());
        rendering
                .of(desired, certificates, TRUST, Optional.of(ACCESS), "")
                .forEach(rendered -> objects.put(rendered.ref(), rendered.json()));
        for (String secret : secrets) {
            objects.put(
                    new ObjectRef(ResourceKind.SECRET, "tenant-" + CLUSTER, secret),
                    NamespaceRendering.of(ORGANIZATION, CLUSTER).json());
        }
        return new ObservedControlPlane(
                objects,
                certificates,
                TRUST,
                notReissued,
                published,
                Optional.of(ACCESS),
                "v1.34.1",
                "",
                Duration.ZERO,
                "",
                List.of(),
                false);
    }

    @Test
    void aPhaseOfARotationIsOverWhenEverythingIsSignedAsItShouldBe() {
        assertThat(planner.plan(
                                rotating(ClusterAuthority.Phase.SIGNING),
                                settled(ClusterAuthority.Phase.SIGNING, Map.of()))
                        .steps())
                .containsExactly(new ControlPlaneStep.ReportAuthoritySigning(CertificateAuthority.CLUSTER, 2));
        assertThat(planner.plan(
                                rotating(ClusterAuthority.Phase.SIGNING),
                                settled(ClusterAuthority.Phase.SIGNING, Map.of("admin", "is the old CA's")))
                        .steps())
                .isEmpty();
        assertThat(planner.plan(
                                rotating(ClusterAuthority.Phase.REISSUING),
                                settled(ClusterAuthority.Phase.REISSUING, Map.of()))
                        .steps())
                .containsExactly(new ControlPlaneStep.ReportLeavesReissued(CertificateAuthority.CLUSTER, 2));
    }

    @Test
    void aRotationIsOverWhenTheOldKeyIsGone() {
        assertThat(planner.plan(
                                rotating(ClusterAuthority.Phase.RETIRING),
                                settled(ClusterAuthority.Phase.RETIRING, Map.of(), "cluster-ca"))
                        .steps())
                .isEmpty();
        assertThat(planner.plan(
                                rotating(ClusterAuthority.Phase.RETIRING),
                                settled(ClusterAuthority.Phase.RETIRING, Map.of()))
                        .steps())
                .containsExactly(new ControlPlaneStep.ReportAuthorityRetired(CertificateAuthority.CLUSTER, 2));
    }

    @Test
    void whileItWaitsForTheCustomerNothingIsDone() {
        for (ClusterAuthority.Phase phase :
                List.of(ClusterAuthority.Phase.REJOINING, ClusterAuthority.Phase.PREPARED)) {
            assertThat(planner.plan(rotating(phase), settled(phase, Map.of()))).isEqualTo(Plan.done());
        }
    }

    @Test
    void everyAuthorityGoesThroughTheSamePhases() {
        for (CertificateAuthority which : CertificateAuthority.values()) {
            assertThat(plan(which, ClusterAuthority.Phase.SIGNING, Optional.empty(), Map.of())
                            .steps())
                    .containsExactly(new ControlPlaneStep.ReportAuthoritySigning(which, 2));
            assertThat(plan(which, ClusterAuthority.Phase.SIGNING, Optional.empty(), Map.of("a", "is the old CA's"))
                            .steps())
                    .isEmpty();
            assertThat(plan(which, ClusterAuthority.Phase.REISSUING, Optional.empty(), Map.of())
                            .steps())
                    .containsExactly(new ControlPlaneStep.ReportLeavesReissued(which, 2));
            assertThat(plan(which, ClusterAuthority.Phase.RETIRING, Optional.empty(), Map.of(), which.certificate(1))
                            .steps())
                    .as("%s, while the old key is there", which)
                    .isEmpty();
            assertThat(plan(which, ClusterAuthority.Phase.RETIRING, Optional.empty(), Map.of())
                            .steps())
                    .containsExactly(new ControlPlaneStep.ReportAuthorityRetired(which, 2));
        }
    }

    /** An API server adds its CAs to what stands there, and takes none away: what is old has to be deleted by us. */
    @Test
    void whomExtensionApiServersAreToldToTrustFollows() {
        for (CertificateAuthority which : List.of(CertificateAuthority.CLUSTER, CertificateAuthority.FRONT_PROXY)) {
            String entry = which == CertificateAuthority.CLUSTER ? "client-ca-file" : "requestheader-client-ca-file";
            JsonNode current = published(entry, TRUST.of(which));
            JsonNode outdated = published(entry, pem("MIIZ") + TRUST.of(which));
            JsonNode other = published(entry, pem("MIIZ"));
            ControlPlaneStep anew = new ControlPlaneStep.TellTrustAnew("u-1");

            assertThat(plan(which, ClusterAuthority.Phase.TRUSTING, Optional.of(other), Map.of())
                            .then()
                            .toString())
                    .contains("the API does not tell of the new " + which.shown());
            assertThat(plan(which, ClusterAuthority.Phase.TRUSTING, Optional.of(outdated), Map.of())
                            .then()
                            .toString())
                    .contains("waiting for the new " + which.shown());
            assertThat(plan(which, ClusterAuthority.Phase.RETIRING, Optional.of(outdated), Map.of())
                            .steps())
                    .containsExactly(anew);
            assertThat(plan(which, ClusterAuthority.Phase.RETIRING, Optional.of(current), Map.of())
                            .steps())
                    .containsExactly(new ControlPlaneStep.ReportAuthorityRetired(which, 2));
        }
        assertThat(plan(
                                CertificateAuthority.ETCD,
                                ClusterAuthority.Phase.RETIRING,
                                Optional.of(published("requestheader-client-ca-file", pem("MIIZ"))),
                                Map.of())
                        .steps())
                .as("etcd's is told to nobody")
                .containsExactly(new ControlPlaneStep.ReportAuthorityRetired(CertificateAuthority.ETCD, 2));
    }

    /** An API server of before says again whom it trusts, until it ends. */
    @Test
    void noAuthorityIsRetiredWhileAnApiServerOfBeforeRuns() {
        DesiredControlPlane desired = rotating(CertificateAuthority.FRONT_PROXY, ClusterAuthority.Phase.RETIRING);
        ObservedControlPlane observed = settled(desired, Optional.empty(), Map.of());
        Map<ObjectRef, JsonNode> objects = new HashMap<>(observed.objects());
        objects.put(
                new ObjectRef(ResourceKind.POD, "tenant-" + CLUSTER, "kube-apiserver-old"),
                JsonMapper.shared().createObjectNode());

        Plan<ControlPlaneStep> plan = planner.plan(
                desired,
                new ObservedControlPlane(
                        objects,
                        observed.certificates(),
                        TRUST,
                        Map.of(),
                        Optional.of(ACCESS),
                        "v1.34.1",
                        "",
                        Duration.ZERO));

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.then().toString()).contains("Pod/kube-apiserver-old still runs as before");
    }

    private Plan<ControlPlaneStep> plan(
            CertificateAuthority which,
            ClusterAuthority.Phase phase,
            Optional<JsonNode> published,
            Map<String, String> notReissued,
            String... secrets) {
        DesiredControlPlane desired = rotating(which, phase);
        return planner.plan(desired, settled(desired, published, notReissued, secrets));
    }

    private static JsonNode published(String entry, String certificates) {
        ObjectNode map = JsonMapper.shared().createObjectNode();
        map.putObject("metadata").put("uid", "u-1");
        map.putObject("data").put(entry, certificates);
        return map;
    }

    private static String pem(String body) {
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }
}
