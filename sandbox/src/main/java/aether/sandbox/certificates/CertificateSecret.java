package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Secret a Certificate ends in: what cert-manager writes, and two annotations of ours. The revision tells a restart
 * that an issuance was already done; the fingerprint of what was asked tells whether it is still what is asked.
 */
final class CertificateSecret {
    static final String REVISION = "sandbox.aetherplatform.cloud/certificate-revision";
    static final String REQUEST = "sandbox.aetherplatform.cloud/certificate-request";
    private static final String NAME = "cert-manager.io/certificate-name";

    private CertificateSecret() {}

    static ObjectNode render(
            JsonNode certificate,
            CertificateSpec spec,
            long revision,
            String request,
            KeyPair pair,
            List<X509Certificate> bundle) {
        // The top goes to ca.crt; when it is self-signed it is not repeated in tls.crt, unless it is all there is.
        X509Certificate top = bundle.getLast();
        boolean rooted = top.getSubjectX500Principal().equals(top.getIssuerX500Principal());
        List<X509Certificate> chain = rooted && bundle.size() > 1 ? bundle.subList(0, bundle.size() - 1) : bundle;
        StringBuilder text = new StringBuilder();
        chain.forEach(link -> text.append(Pem.text(link)));

        ObjectNode secret =
                Json.object().put("apiVersion", "v1").put("kind", "Secret").put("type", "kubernetes.io/tls");
        ObjectNode metadata = secret.putObject("metadata").put("name", spec.secretName());
        JsonNode template = Json.at(certificate, "spec", "secretTemplate");
        if (template.path("labels") instanceof ObjectNode labels) {
            metadata.set("labels", labels.deepCopy());
        }
        ObjectNode annotations =
                template.path("annotations") instanceof ObjectNode asked ? asked.deepCopy() : Json.object();
        metadata.set("annotations", annotations);
        annotations
                .put(NAME, Json.text(certificate, "metadata", "name"))
                .put("cert-manager.io/common-name", spec.commonName())
                .put("cert-manager.io/alt-names", String.join(",", spec.dnsNames()))
                .put("cert-manager.io/ip-sans", String.join(",", spec.ipAddresses()))
                .put("cert-manager.io/issuer-name", spec.issuerName())
                .put("cert-manager.io/issuer-kind", spec.issuerKind())
                .put("cert-manager.io/issuer-group", "cert-manager.io")
                .put(REVISION, Long.toString(revision))
                .put(REQUEST, request);
        ObjectNode data = secret.putObject("data");
        data.put("tls.crt", encode(text.toString()));
        data.put("tls.key", encode(Pem.text(pair, spec.key().pkcs8())));
        data.put("ca.crt", encode(Pem.text(top)));
        return secret;
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static long revision(JsonNode secret) {
        String text = Json.text(secret, "metadata", "annotations", REVISION);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    static String request(JsonNode secret) {
        return Json.text(secret, "metadata", "annotations", REQUEST);
    }

    static String certificateName(JsonNode secret) {
        return Json.text(secret, "metadata", "annotations", NAME);
    }
}
