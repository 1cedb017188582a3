package aether.reconcile.addons;

import aether.domain.cluster.ClusterId;
import aether.domain.organization.OrganizationId;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The token with which a tenant's nodes ask for their certificates. It is made once, kept in the management cluster and
 * copied into the tenant's API, so that a restart does not change it under machines that already have it.
 *
 * @param id the public half
 * @param secret the other half
 */
public record BootstrapToken(String id, String secret) {

    private static final int ID_LENGTH = 6;
    private static final int SECRET_LENGTH = 16;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String ID = "token-id";
    private static final String SECRET = "token-secret";

    /** A new token. */
    public static BootstrapToken generate(RandomGenerator chance) {
        return new BootstrapToken(text(ID_LENGTH, chance), text(SECRET_LENGTH, chance));
    }

    /** The token that a Secret of the management cluster keeps. */
    public static BootstrapToken of(JsonNode secret) {
        return new BootstrapToken(Pem.text(secret, ID), Pem.text(secret, SECRET));
    }

    /** Where a cluster's token is kept. */
    public static ObjectRef kept(ClusterId clusterId) {
        return new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(clusterId), TenantNames.NODE_BOOTSTRAP);
    }

    /** The Secret of the management cluster that keeps it. */
    public Rendered keep(OrganizationId organization, ClusterId clusterId) {
        return Rendered.of(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(clusterId))
                .withName(TenantNames.NODE_BOOTSTRAP)
                .withLabels(Labels.of(organization, clusterId))
                .endMetadata()
                .withType("Opaque")
                .addToData(ID, base64(id))
                .addToData(SECRET, base64(secret))
                .build());
    }

    /** The token as a node presents it. */
    public String presented() {
        return id + "." + secret;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(int length, RandomGenerator chance) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "BootstrapToken[id=" + id + ", secret=[hidden]]";
    }
}
