package aether.reconcile.publicname;

import aether.domain.cluster.IssuedCertificate;
import aether.reconcile.render.ObjectRef;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is there of a tenant's public name.
 *
 * @param objects issuer, certificate and Secret, as far as they are there
 * @param alias what {@code _acme-challenge.<name>} is an alias of; empty for nothing, or when nobody asked
 * @param issued the certificate, when it is of the name that is wanted
 * @param issuerTrouble why the issuer cannot work; empty while it can, or nobody knows
 * @param trouble what cert-manager says of its last try; empty when it did not fail
 */
public record ObservedPublicName(
        Map<ObjectRef, JsonNode> objects,
        String alias,
        @Nullable IssuedCertificate issued,
        String issuerTrouble,
        String trouble) {
    public ObservedPublicName {
        objects = Map.copyOf(objects);
    }
}
