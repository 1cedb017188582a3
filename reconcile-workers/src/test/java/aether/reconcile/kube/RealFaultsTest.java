package aether.reconcile.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.KeyRotation;
import aether.domain.organization.OrganizationId;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.LocalKubernetes;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.certificates.CertificateRendering;
import aether.reconcile.certificates.DesiredCertificates;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.render.Labels;
import aether.reconcile.render.NamespaceRendering;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatusBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real API server answers when something is wrong around us, and that it is over when its cause is gone. */
@Tag("slow")
class RealFaultsTest {

    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(5, 5));
    private static final ClusterId CLUSTER = new ClusterId(new UUID(9, 9));
    private static final String NAMESPACE = TenantNames.namespace(CLUSTER);
    private static final int ATTEMPTS_MAX = 200;

    @TempDir
    Path directory;

    private static Rendered settings(String name) {
        return Rendered.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withLabels(Labels.of(ORGANIZATION, CLUSTER))
                .endMetadata()
                .build());
    }

    private static void assertAway(ThrowingCallable call, String reason) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OutsideFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(OutsideFailure.Kind.AWAY))
                .hasMessageContaining("[infrastructure: " + reason + "]");
    }

    /** A server hears of its own webhooks and quotas a moment later. */
    private static void eventually(Runnable call) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            try {
                call.run();
                return;
            } catch (AssertionError | OutsideFailure early) {
                Thread.sleep(50);
            }
        }
        call.run();
    }

    @Test
    void everyFaultIsNamedAndOverWhenItsCauseIsGone() throws Exception {
        TestKubernetes.assumePresent();
        try (LocalKubernetes server =
                LocalKubernetes.start(KubernetesBinaries.find().orElseThrow(), directory)) {
            KubeSettings settings = new KubeSettings(
                    Optional.of(server.url()), Optional.of(server.token()), Optional.of(server.authority()));
            try (FabricManagementCluster cluster = FabricManagementCluster.at(settings);
                    KubernetesClient administrator = KubeClients.management(settings)) {
                cluster.apply(NamespaceRendering.of(ORGANIZATION, CLUSTER));
                webhookAway(cluster, administrator);
                quotaExceeded(cluster, administrator);
                // Nobody has brought cert-manager here.
                assertAway(() -> cluster.list(ResourceKind.CERTIFICATE, NAMESPACE, Map.of()), "KindNotServed");

                kindOutdated(cluster, administrator);

                server.stopServer();
                assertAway(() -> cluster.apply(settings("away")), "ApiAway");
                server.restartServer();
                cluster.apply(settings("away"));
                assertThat(cluster.find(settings("away").ref())).isPresent();
            }
        }
    }

    private static void webhookAway(FabricManagementCluster cluster, KubernetesClient administrator)
            throws InterruptedException {
        administrator.resource("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: away}
                webhooks:
                - name: away.example.org
                  clientConfig: {url: "https://127.0.0.1:1/"}
                  rules: [{apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["configmaps"]}]
                  failurePolicy: Fail
                  sideEffects: None
                  timeoutSeconds: 1
                  admissionReviewVersions: ["v1"]
                """).create();
        int[] number = {0};
        eventually(() -> assertAway(() -> cluster.apply(settings("webhook-" + number[0]++)), "WebhookAway"));

        administrator
                .admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("away")
                .delete();
        eventually(() -> cluster.apply(settings("webhook-over")));
    }

    /** A cert-manager that is older than a field that we write: its kind is served, and knows less. */
    private static void kindOutdated(FabricManagementCluster cluster, KubernetesClient administrator)
            throws InterruptedException {
        Rendered certificate = CertificateRendering.of(new DesiredCertificates(
                        CLUSTER,
                        ORGANIZATION,
                        "10.2.0.2",
                        List.of(),
                        ClusterAuthorities.FIRST,
                        KeyRotation.FIRST,
                        Map.of(),
                        Set.of(),
                        false,
                        5))
                .stream()
                .filter(each -> each.ref().kind().equals(ResourceKind.CERTIFICATE)
                        && each.ref().namespace().equals(NAMESPACE))
                .findFirst()
                .orElseThrow();
        administrator
                .resource(definition("{type: object, properties: {secretName: {type: string}}}"))
                .serverSideApply();
        eventually(() -> assertAway(() -> cluster.apply(certificate), "KindOutdated"));

        administrator
                .resource(definition("{type: object, x-kubernetes-preserve-unknown-fields: true}"))
                .forceConflicts()
                .serverSideApply();
        eventually(() -> cluster.apply(certificate));
        assertThat(cluster.find(certificate.ref())).isPresent();
    }

    private static String definition(String spec) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: certificates.cert-manager.io}
                spec:
                  group: cert-manager.io
                  names: {kind: Certificate, plural: certificates, singular: certificate, listKind: CertificateList}
                  scope: Namespaced
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, properties: {spec: %s}}}
                """.formatted(spec);
    }

    /** No controller counts here, so the test says what is used. */
    private static void quotaExceeded(FabricManagementCluster cluster, KubernetesClient administrator)
            throws InterruptedException {
        administrator.resource("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: full, namespace: %s}
                spec: {hard: {count/secrets: "0"}}
                """.formatted(NAMESPACE)).create();
        var quota = administrator.resourceQuotas().inNamespace(NAMESPACE).withName("full");
        quota.editStatus(full -> {
            full.setStatus(new ResourceQuotaStatusBuilder()
                    .addToHard("count/secrets", new Quantity("0"))
                    .addToUsed("count/secrets", new Quantity("0"))
                    .build());
            return full;
        });
        int[] number = {0};
        eventually(() -> assertAway(() -> cluster.create(secret("no-room-" + number[0]++)), "QuotaExceeded"));

        quota.delete();
        eventually(() -> cluster.apply(secret("room")));
    }

    private static Rendered secret(String name) {
        return Rendered.of(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withLabels(Labels.of(ORGANIZATION, CLUSTER))
                .endMetadata()
                .build());
    }
}
