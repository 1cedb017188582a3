package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.ClusterKeys;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.KeyRotation.Phase;
import aether.domain.organization.OrganizationId;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.loop.Plan;
import aether.reconcile.loop.WorkOutcome;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Each phase of a key's rotation: what is rendered, what it waits for, and what must never happen. */
class KeysPlannerTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(0x22000000000000L, 2));
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    private static final String NAMESPACE = "tenant-" + CLUSTER;
    private static final TenantAccess ACCESS = new TenantAccess("10.2.0.2:6443", "ca", "certificate", "key");
    private static final TrustBundles TRUST = new TrustBundles(pem("MIIB"), pem("MIIE"), pem("MIIF"));

    private final ControlPlaneRendering rendering = new ControlPlaneRendering(new RenderingOptions("", Map.of()));
    private final ControlPlanePlanner planner = new ControlPlanePlanner(rendering);

    private static DesiredControlPlane desired(ClusterKey key, Phase phase) {
        return SomeControlPlane.of(CLUSTER, ORGANIZATION)
                .with(ClusterKeys.FIRST.with(key, new KeyRotation(1, phase)))
                .wanted();
    }

    private static Map<ObjectRef, JsonNode> keys(int... generations) {
        Map<ObjectRef, JsonNode> keys = new HashMap<>();
        for (int generation : generations) {
            ObjectNode key = EncryptionKeys.keep(
                            desired(ClusterKey.ENCRYPTION, Phase.STEADY), generation, new Random(generation))
                    .json()
                    .deepCopy();
            key.withObject("metadata").put("uid", "u-" + generation);
            keys.put(EncryptionKeys.kept(CLUSTER, generation), key);
        }
        return keys;
    }

    /** All as rendered for the phase, with these keys kept. */
    private Map<ObjectRef, JsonNode> settled(DesiredControlPlane desired, Map<ObjectRef, JsonNode> keys) {
        Map<ObjectRef, JsonNode> objects = new HashMap<>(keys);
        rendered(desired, keys).forEach(object -> objects.put(object.ref(), object.json()));
        return objects;
    }

    private List<Rendered> rendered(DesiredControlPlane desired, Map<ObjectRef, JsonNode> keys) {
        return rendering.of(
                desired,
                certificates(desired, keys),
                TRUST,
                Optional.of(ACCESS),
                EncryptionKeys.configuration(desired, TenantSecrets.in(keys)).orElse(""));
    }

    private static Map<String, String> certificates(DesiredControlPlane desired, Map<ObjectRef, JsonNode> keys) {
        Map<String, String> hashes = new HashMap<>();
        TenantCertificate.of(desired.authorities(), desired.keys().serviceAccount())
                .forEach(row -> hashes.put(row.name(), row.name()));
        EncryptionKeys.configuration(desired, TenantSecrets.in(keys))
                .ifPresent(text -> hashes.put(EncryptionKeys.NAME, Rendered.sha256(text)));
        return hashes;
    }

    private Plan<ControlPlaneStep> plan(DesiredControlPlane desired, Map<ObjectRef, JsonNode> objects) {
        return planner.plan(
                desired,
                new ObservedControlPlane(
                        objects,
                        certificates(desired, objects),
                        TRUST,
                        Map.of(),
                        Optional.of(ACCESS),
                        "v1.34.1",
                        "",
                        Duration.ZERO));
    }

    @Test
    void theSuccessorIsMadeOnceAndReadBeforeItWrites() {
        DesiredControlPlane spreading = desired(ClusterKey.ENCRYPTION, Phase.SPREADING);
        Map<ObjectRef, JsonNode> before = settled(desired(ClusterKey.ENCRYPTION, Phase.STEADY), keys(1));

        assertThat(plan(spreading, before).steps()).containsExactly(new ControlPlaneStep.KeepNewEncryptionKey(2));

        before.putAll(keys(2));
        assertThat(plan(spreading, before).steps())
                .map(step -> ((ControlPlaneStep.Apply) step).rendered().ref().shown())
                .containsExactly("Secret/secrets-encryption-rotation", "Deployment/kube-apiserver");
        assertThat(names(spreading)).containsExactly("key-1", "key-2-00220000");
        assertThat(names(desired(ClusterKey.ENCRYPTION, Phase.SWITCHING))).containsExactly("key-2-00220000", "key-1");
        assertThat(names(desired(ClusterKey.ENCRYPTION, Phase.REPLACING))).containsExactly("key-2-00220000", "key-1");
        assertThat(names(desired(ClusterKey.ENCRYPTION, Phase.DROPPING))).containsExactly("key-2-00220000");
    }

    /** The names of the keys in what the API server reads, and only once each. */
    private static List<String> names(DesiredControlPlane desired) {
        return EncryptionKeys.configuration(desired, TenantSecrets.in(keys(1, 2)))
                .orElseThrow()
                .lines()
                .filter(line -> line.contains("- name: "))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
    }

    @Test
    void anotherPhaseIsAnotherPod() {
        List<JsonNode> templates = new ArrayList<>();
        for (ClusterKey key : ClusterKey.values()) {
            for (Phase phase : List.of(Phase.STEADY, Phase.SPREADING, Phase.SWITCHING, Phase.DROPPING)) {
                rendered(desired(key, phase), keys(1, 2)).stream()
                        .filter(object -> object.ref().equals(apiServer()))
                        .map(object -> object.json().at("/spec/template"))
                        .forEach(templates::add);
            }
        }
        templates.removeFirst(); // steady is steady, whichever key is asked

        assertThat(templates).hasSize(7).doesNotHaveDuplicates();
    }

    private static ObjectRef apiServer() {
        return new ObjectRef(ResourceKind.DEPLOYMENT, NAMESPACE, "kube-apiserver");
    }

    @Test
    void aPhaseIsOverWhenNoServerOfBeforeIsLeft() {
        DesiredControlPlane switching = desired(ClusterKey.ENCRYPTION, Phase.SWITCHING);
        Map<ObjectRef, JsonNode> objects = settled(switching, keys(1, 2));
        Map<ObjectRef, JsonNode> spreading = settled(desired(ClusterKey.ENCRYPTION, Phase.SPREADING), keys(1, 2));
        pod(objects, "new", objects);
        pod(objects, "old", spreading);

        Plan<ControlPlaneStep> waiting = plan(switching, objects);
        assertThat(waiting.steps()).isEmpty();
        assertThat(waiting.then())
                .isInstanceOfSatisfying(
                        WorkOutcome.RequeueAfter.class,
                        later -> assertThat(later.reason()).isEqualTo("Pod/old still runs as before"));

        objects.remove(new ObjectRef(ResourceKind.POD, NAMESPACE, "old"));
        assertThat(plan(switching, objects).steps())
                .containsExactly(new ControlPlaneStep.ReportKeyPhaseDone(ClusterKey.ENCRYPTION, 2, Phase.SWITCHING));
    }

    private static void pod(Map<ObjectRef, JsonNode> objects, String name, Map<ObjectRef, JsonNode> of) {
        JsonNode deployment = Objects.requireNonNull(of.get(apiServer()));
        objects.put(new ObjectRef(ResourceKind.POD, NAMESPACE, name), deployment.at("/spec/template"));
    }

    @Test
    void everySecretIsWrittenAgainBeforeTheOldKeyIsDropped() {
        DesiredControlPlane replacing = desired(ClusterKey.ENCRYPTION, Phase.REPLACING);

        assertThat(plan(replacing, settled(replacing, keys(1, 2))).steps())
                .containsExactly(
                        new ControlPlaneStep.RewriteSecrets(),
                        new ControlPlaneStep.ReportKeyPhaseDone(ClusterKey.ENCRYPTION, 2, Phase.REPLACING));
    }

    @Test
    void theOldKeyGoesWhenNobodyReadsWithIt() {
        DesiredControlPlane dropping = desired(ClusterKey.ENCRYPTION, Phase.DROPPING);
        Map<ObjectRef, JsonNode> objects = settled(dropping, keys(1, 2));

        assertThat(plan(dropping, objects).steps())
                .containsExactly(new ControlPlaneStep.Delete(EncryptionKeys.kept(CLUSTER, 1), "u-1"));
        objects.remove(EncryptionKeys.kept(CLUSTER, 1));
        assertThat(plan(dropping, objects).steps())
                .containsExactly(new ControlPlaneStep.ReportKeyPhaseDone(ClusterKey.ENCRYPTION, 2, Phase.DROPPING));
    }

    /** From the moment in which something may have been written with it, a key that is gone is a loss. */
    @Test
    void aKeyThatIsInUseIsNeverMadeAgain() {
        for (Phase phase : List.of(Phase.SWITCHING, Phase.REPLACING, Phase.DROPPING)) {
            DesiredControlPlane desired = desired(ClusterKey.ENCRYPTION, phase);
            Map<ObjectRef, JsonNode> lost = settled(desired, keys(1, 2));
            lost.remove(EncryptionKeys.kept(CLUSTER, 2));

            assertThat(plan(desired, lost).steps())
                    .as("%s", phase)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ControlPlaneStep.ReportDegraded.class,
                            degraded -> assertThat(degraded.reason()).contains("secrets-encryption-2", "it is gone"));
        }
    }

    @Test
    void tokensOfBothAreAcceptedBeforeOneIsSignedWithTheNewOne() {
        assertThat(flags(Phase.SPREADING))
                .containsExactly(
                        "--service-account-key-file=/pki/service-account-2/tls.crt",
                        "--service-account-key-file=/pki/service-account/tls.crt",
                        "--service-account-signing-key-file=/pki/service-account/tls.key");
        assertThat(flags(Phase.REPLACING))
                .containsExactly(
                        "--service-account-key-file=/pki/service-account-2/tls.crt",
                        "--service-account-key-file=/pki/service-account/tls.crt",
                        "--service-account-signing-key-file=/pki/service-account-2/tls.key");
        assertThat(flags(Phase.DROPPING))
                .containsExactly(
                        "--service-account-key-file=/pki/service-account-2/tls.crt",
                        "--service-account-signing-key-file=/pki/service-account-2/tls.key");
    }

    private List<String> flags(Phase phase) {
        return rendered(desired(ClusterKey.SERVICE_ACCOUNT, phase), keys(1)).stream()
                .filter(object -> object.ref().equals(apiServer()))
                .flatMap(object -> object.json()
                        .at("/spec/template/spec/containers/0/command")
                        .valueStream())
                .map(flag -> flag.asString(""))
                .filter(flag -> flag.startsWith("--service-account-") && !flag.contains("issuer"))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    @Test
    void tokensOutsideAreTheCustomersToReplace() {
        DesiredControlPlane replacing = desired(ClusterKey.SERVICE_ACCOUNT, Phase.REPLACING);
        DesiredControlPlane dropping = desired(ClusterKey.SERVICE_ACCOUNT, Phase.DROPPING);
        Map<ObjectRef, JsonNode> objects = settled(dropping, keys(1));

        assertThat(plan(replacing, settled(replacing, keys(1)))).isEqualTo(Plan.done());
        assertThat(plan(dropping, objects).steps())
                .containsExactly(
                        new ControlPlaneStep.ReportKeyPhaseDone(ClusterKey.SERVICE_ACCOUNT, 2, Phase.DROPPING));
        objects.put(
                new ObjectRef(ResourceKind.SECRET, NAMESPACE, TenantCertificate.SERVICE_ACCOUNT),
                objects.get(apiServer()));
        assertThat(plan(dropping, objects).steps()).as("its key is there still").isEmpty();
    }

    private static String pem(String body) {
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }
}
