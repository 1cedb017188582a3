package aether.command.gateway;

import aether.domain.cluster.ClusterId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks cert-manager by a CertificateRequest, which is signed once and never renewed, and takes it away again. What is
 * left behind by a kill is a certificate without its key.
 */
public final class CertManagerClients implements ClientCertificates, AutoCloseable {

    private static final ResourceDefinitionContext REQUESTS = new ResourceDefinitionContext.Builder()
            .withGroup("cert-manager.io")
            .withVersion("v1")
            .withKind("CertificateRequest")
            .withPlural("certificaterequests")
            .withNamespaced(true)
            .build();

    /** A CA issuer signs in well under a second; a person waits for the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMillis(100);

    private final KubernetesClient client;
    private final SecureRandom chance;

    private CertManagerClients(KubernetesClient client, SecureRandom chance) {
        this.client = client;
        this.chance = chance;
    }

    /**
     * Certificates from a management cluster; it is not asked before somebody wants one.
     *
     * @throws IllegalArgumentException when a file of the settings cannot be read
     */
    public static CertManagerClients of(ManagementClusterSettings settings, SecureRandom chance) {
        return new CertManagerClients(ManagementClients.of(settings), chance);
    }

    @Override
    public ClientCredential issue(ClusterId clusterId, Wish wish) {
        SigningRequest made = SigningRequest.make(wish, chance);
        GenericKubernetesResource asked = request(clusterId, wish, made);
        try {
            Resource<GenericKubernetesResource> request = client.genericKubernetesResources(REQUESTS)
                    .inNamespace(asked.getMetadata().getNamespace())
                    .resource(asked);
            request.create();
            try {
                return credential(wish, await(request), made);
            } finally {
                request.delete();
            }
        } catch (KubernetesClientException e) {
            throw new ManagementClusterUnavailable(
                    "Expected the management cluster to have a certificate signed, but it did not answer as it should.",
                    e);
        }
    }

    private static GenericKubernetesResource request(ClusterId clusterId, Wish wish, SigningRequest made) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("cert-manager.io/v1")
                .withKind("CertificateRequest")
                .withNewMetadata()
                .withNamespace(TenantNamespace.of(clusterId))
                .withName("user-" + wish.credentialId())
                .withLabels(Map.of(
                        "app.kubernetes.io/managed-by", "aether", "aetherplatform.cloud/cluster", clusterId.toString()))
                .endMetadata()
                .addToAdditionalProperties(
                        "spec",
                        Map.of(
                                "request",
                                Base64.getEncoder()
                                        .encodeToString(made.request().getBytes(StandardCharsets.US_ASCII)),
                                "duration",
                                wish.valid().toHours() + "h",
                                "usages",
                                List.of("digital signature", "client auth"),
                                "issuerRef",
                                Map.of("group", "cert-manager.io", "kind", "Issuer", "name", wish.issuer())))
                .build();
    }

    private static String await(Resource<GenericKubernetesResource> request) {
        for (long looked = 0; looked < PATIENCE.dividedBy(LOOK); looked++) {
            GenericKubernetesResource now = request.get();
            refuseIfOver(now);
            Optional<String> certificate = Optional.ofNullable(now)
                    .map(there -> there.<Object>get("status", "certificate"))
                    .map(String::valueOf);
            if (certificate.isPresent()) {
                return new String(Base64.getDecoder().decode(certificate.get()), StandardCharsets.US_ASCII);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        throw new ManagementClusterUnavailable(
                "Expected cert-manager to sign within " + PATIENCE.toSeconds() + " s, but it did not.", null);
    }

    /** Denied, invalid and failed requests stay so. */
    private static void refuseIfOver(@Nullable GenericKubernetesResource request) {
        Object conditions = request == null ? null : request.get("status", "conditions");
        if (!(conditions instanceof List<?> list)) {
            return;
        }
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> condition)) {
                continue;
            }
            String type = String.valueOf(condition.get("type"));
            boolean holds = "True".equals(condition.get("status"));
            boolean failed = type.equals("Ready") && "Failed".equals(condition.get("reason"));
            if (failed || (holds && (type.equals("Denied") || type.equals("InvalidRequest")))) {
                throw new SigningRefused("Expected cert-manager to have the certificate signed, but it will not: "
                        + condition.get("message"));
            }
        }
    }

    private static ClientCredential credential(Wish wish, String certificate, SigningRequest made) {
        try {
            X509Certificate leaf = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
            return new ClientCredential(wish.user(), leaf, certificate, made.key());
        } catch (CertificateException e) {
            throw new ManagementClusterUnavailable("Expected a certificate of cert-manager, but it is none.", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
