package aether.reconcile.publicname;

import aether.domain.cluster.IssuedCertificate;
import aether.reconcile.kube.Conditions;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Looks at a tenant's public name; takes no action. */
public final class PublicNameObserver {

    /** RFC 5280 §4.2.1.6. */
    private static final int DNS_NAME = 2;

    /** What an authority says may be long; an event keeps the beginning. */
    private static final int REASON_MAX = 400;

    private final KubeApi cluster;
    private final Aliases aliases;

    /** Looks into the management cluster and the DNS. */
    public PublicNameObserver(KubeApi cluster, Aliases aliases) {
        this.cluster = cluster;
        this.aliases = aliases;
    }

    /** What is there now. */
    public ObservedPublicName observe(DesiredPublicName desired) {
        String namespace = TenantNames.namespace(desired.clusterId());
        ObjectRef issuer = new ObjectRef(ResourceKind.CLUSTER_ISSUER, "", TenantNames.PUBLIC_ISSUER);
        ObjectRef certificate = new ObjectRef(ResourceKind.CERTIFICATE, namespace, TenantNames.PUBLIC_NAME);
        ObjectRef secret = new ObjectRef(ResourceKind.SECRET, namespace, TenantNames.PUBLIC_NAME);
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        for (ObjectRef ref : List.of(issuer, certificate, secret)) {
            cluster.find(ref).ifPresent(found -> objects.put(ref, found));
        }
        IssuedCertificate issued = issued(objects.get(secret), desired.wanted());
        boolean ask = !desired.delegation().isEmpty() && issued == null;
        return new ObservedPublicName(
                objects,
                ask ? aliases.of("_acme-challenge." + desired.wanted()) : "",
                issued,
                failure(objects.get(issuer), "Ready"),
                failure(objects.get(certificate), "Issuing"));
    }

    private static @Nullable IssuedCertificate issued(@Nullable JsonNode secret, String name) {
        if (secret == null) {
            return null;
        }
        return certificate(secret, name)
                .map(found -> new IssuedCertificate(
                        TenantNames.PUBLIC_NAME,
                        Pem.fingerprint(found),
                        found.getIssuerX500Principal().getName(),
                        found.getNotAfter().toInstant()))
                .orElse(null);
    }

    /** The certificate in a Secret, if it is one for the name. */
    public static Optional<X509Certificate> certificate(JsonNode secret, String name) {
        return Pem.certificate(secret, "tls.crt").filter(found -> names(found, name));
    }

    private static boolean names(X509Certificate certificate, String name) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .anyMatch(each ->
                                    each.get(0).equals(DNS_NAME) && each.get(1).equals(name));
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    private static String failure(@Nullable JsonNode object, String type) {
        if (object == null || !Conditions.is(object, type, "False")) {
            return "";
        }
        String said = Conditions.of(object, type).path("reason").asString("") + " " + Conditions.message(object, type);
        return said.length() <= REASON_MAX ? said : said.substring(0, REASON_MAX);
    }
}
