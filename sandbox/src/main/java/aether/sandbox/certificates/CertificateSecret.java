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
    /** By it cert-manager's own cache knows the Secrets that concern it. */
    private static final String BASE_LABEL = "controller.cert-manager.io/fao";

    private static final String ISSUER_NAME = "cert-manager.io/issuer-name";
    private static final String ISSUER_KIND = "cert-manager.io/issuer-kind";
    private static final String NAME = "cert-manager.io/certificate-name";

    private CertificateSecret() {}

    static ObjectNode render(
            JsonNode certificate,
            CertificateSpec spec,
            long revision,
            String request,
            KeyPair pair,
            List<X509Certificate> bundle,
            boolean saysWhomToTrust) {
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
        metadata.set(
                "labels", template.path("labels") instanceof ObjectNode labels ? labels.deepCopy() : Json.object());
        Json.child(metadata, "labels").put(BASE_LABEL, "true");
        ObjectNode annotations =
                template.path("annotations") instanceof ObjectNode asked ? asked.deepCopy() : Json.object();
        metadata.set("annotations", annotations);
        annotations
                .put(NAME, Json.text(certificate, "metadata", "name"))
                .put("cert-manager.io/common-name", spec.commonName())
                .put("cert-manager.io/alt-names", String.join(",", spec.dnsNames()))
                .put("cert-manager.io/ip-sans", String.join(",", spec.ipAddresses()))
                .put(ISSUER_NAME, spec.issuerName())
                .put(ISSUER_KIND, spec.issuerKind())
                .put("cert-manager.io/issuer-group", "cert-manager.io")
                .put(REVISION, Long.toString(revision))
                .put(REQUEST, request);
        ObjectNode data = secret.putObject("data");
        data.put("tls.crt", encode(text.toString()));
        data.put("tls.key", encode(Pem.text(pair, spec.key().pkcs8())));
        if (saysWhomToTrust) {
            data.put("ca.crt", encode(Pem.text(top)));
        }
        return secret;
    }

    /** Whether labels and annotations are as the template has them now. */
    static boolean isAsTemplated(JsonNode certificate, JsonNode secret) {
        for (String what : List.of("labels", "annotations")) {
            for (var asked :
                    Json.at(certificate, "spec", "secretTemplate", what).properties()) {
                if (!Json.text(secret, "metadata", what, asked.getKey())
                        .equals(asked.getValue().asString(""))) {
                    return false;
                }
            }
        }
        return Json.text(secret, "metadata", "labels", BASE_LABEL).equals("true");
    }

    /** The same certificate and key, with labels and annotations as the template has them now. */
    static ObjectNode retemplated(JsonNode certificate, JsonNode secret) {
        ObjectNode next = Json.object().put("apiVersion", "v1").put("kind", "Secret");
        next.set("type", secret.path("type").deepCopy());
        next.set("data", secret.path("data").deepCopy());
        ObjectNode metadata = next.putObject("metadata").put("name", Json.text(secret, "metadata", "name"));
        JsonNode template = Json.at(certificate, "spec", "secretTemplate");
        ObjectNode labels = Json.child(metadata, "labels");
        template.path("labels").properties().forEach(label -> labels.set(label.getKey(), label.getValue()));
        labels.put(BASE_LABEL, "true");
        ObjectNode annotations = Json.child(metadata, "annotations");
        Json.at(secret, "metadata", "annotations").properties().forEach(annotation -> {
            if (annotation.getKey().startsWith("cert-manager.io/")
                    || annotation.getKey().equals(REVISION)
                    || annotation.getKey().equals(REQUEST)) {
                annotations.set(annotation.getKey(), annotation.getValue());
            }
        });
        template.path("annotations")
                .properties()
                .forEach(annotation -> annotations.set(annotation.getKey(), annotation.getValue()));
        return next;
    }

    /** Whether it was issued by the issuer that is asked for; what counts is the name, never the key. */
    static boolean isOf(CertificateSpec spec, JsonNode secret) {
        JsonNode annotations = Json.at(secret, "metadata", "annotations");
        return Json.text(annotations, ISSUER_NAME).equals(spec.issuerName())
                && Json.text(annotations, ISSUER_KIND).equals(spec.issuerKind());
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
