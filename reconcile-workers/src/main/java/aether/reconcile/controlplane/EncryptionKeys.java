package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterId;
import aether.domain.organization.OrganizationId;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The keys with which a tenant's API server encrypts Secrets before etcd sees them (Kubernetes: Encrypting Confidential
 * Data at Rest). They are made once and kept beside the certificates; without them the tenant's Secrets are lost, so a
 * key that is gone is never replaced by a new one.
 */
final class EncryptionKeys {

    /** The Secret, and the volume that mounts it. */
    static final String NAME = "secrets-encryption";

    static final String FILE = "encryption.yaml";
    static final String PLACE = "/etc/kubernetes/encryption";

    private static final String FLAG = "--encryption-provider-config=";

    /** XSalsa20 and Poly1305 take 32 bytes. */
    private static final int KEY_BYTES = 32;

    private EncryptionKeys() {}

    static String flag() {
        return FLAG + PLACE + "/" + FILE;
    }

    /** Where a cluster's keys are kept. */
    static ObjectRef kept(ClusterId cluster) {
        return new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(cluster), NAME);
    }

    /** The Secret with a first key. */
    static Rendered keep(OrganizationId organization, ClusterId cluster, RandomGenerator chance) {
        byte[] key = new byte[KEY_BYTES];
        chance.nextBytes(key);
        String configuration = """
                apiVersion: apiserver.config.k8s.io/v1
                kind: EncryptionConfiguration
                resources:
                - resources:
                  - secrets
                  providers:
                  - secretbox:
                      keys:
                      - name: key-1
                        secret: %s
                  - identity: {} # what was written before there was a key
                """.formatted(Base64.getEncoder().encodeToString(key));
        return Rendered.of(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(cluster))
                .withName(NAME)
                .withLabels(Labels.of(organization, cluster))
                .endMetadata()
                .withType("Opaque")
                .addToData(FILE, Base64.getEncoder().encodeToString(configuration.getBytes(StandardCharsets.UTF_8)))
                .build());
    }

    /** Whether the API server that is there was started with keys: then Secrets lie in etcd that only they open. */
    static boolean areInUse(Map<ObjectRef, JsonNode> objects, ClusterId cluster) {
        JsonNode deployment = objects.get(
                new ObjectRef(ResourceKind.DEPLOYMENT, TenantNames.namespace(cluster), TenantNames.API_SERVICE));
        return deployment != null
                && deployment
                        .at("/spec/template/spec/containers/0/command")
                        .valueStream()
                        .anyMatch(argument -> argument.asString("").startsWith(FLAG));
    }
}
