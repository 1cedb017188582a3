package aether.reconcile.controlplane;

import aether.domain.cluster.CertificateAuthority;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Whom a tenant's API tells extension API servers to trust. Every API server adds its own CAs to what stands there and
 * takes none away before it ends (kube-apiserver, controller "cluster authentication trust"); so after a rotation the
 * old one would be trusted for years. What is deleted it writes anew, with its own alone.
 */
final class PublishedTrust {

    /** Where it stands, in the tenant's own API. */
    static final ObjectRef PLACE =
            new ObjectRef(ResourceKind.CONFIG_MAP, "kube-system", "extension-apiserver-authentication");

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private PublishedTrust() {}

    /** Whether one that should be trusted is not told of. */
    static boolean lacking(CertificateAuthority which, ObservedControlPlane observed) {
        return isTold(which)
                && observed.published()
                        .filter(published -> !told(which, published)
                                .containsAll(certificates(observed.trust().of(which))))
                        .isPresent();
    }

    /** What makes the API say it anew; empty when it tells of nobody whom it should not. */
    static Optional<ControlPlaneStep> outdated(CertificateAuthority which, ObservedControlPlane observed) {
        return observed.published()
                .filter(published -> isTold(which)
                        && !certificates(observed.trust().of(which)).containsAll(told(which, published)))
                .map(published -> new ControlPlaneStep.TellTrustAnew(
                        published.at("/metadata/uid").asString("")));
    }

    /** Etcd is known to nobody outside of the control plane. */
    private static boolean isTold(CertificateAuthority which) {
        return switch (which) {
            case CLUSTER, FRONT_PROXY -> true;
            case ETCD -> false;
        };
    }

    private static Set<String> told(CertificateAuthority which, JsonNode published) {
        String entry = switch (which) {
            case CLUSTER -> "client-ca-file";
            case FRONT_PROXY -> "requestheader-client-ca-file";
            case ETCD -> throw new IllegalArgumentException("Expected a CA that the API tells of, but it is ETCD.");
        };
        return certificates(published.path("data").path(entry).asString(""));
    }

    private static Set<String> certificates(String pem) {
        return CERTIFICATE
                .matcher(pem)
                .results()
                .map(found -> SPACE.matcher(found.group()).replaceAll(""))
                .collect(Collectors.toUnmodifiableSet());
    }
}
