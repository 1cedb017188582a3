package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One look at one CertificateRequest that somebody made by hand: approves it, as cert-manager's own approver does for
 * its issuers, and signs it once. Source: cert-manager's pkg/controller/certificaterequests/ca.
 */
final class RequestStep {
    private static final WriteOptions OURS = WriteOptions.by("sandbox-cert-manager");
    private final KubernetesStore store;
    private final World world;
    private final CertManagerVersion version;
    private final SigningCas signing;

    RequestStep(KubernetesStore store, World world, CertManagerVersion version, SigningCas signing) {
        this.version = version;
        this.signing = signing;
        this.store = store;
        this.world = world;
    }

    /** Signs it, unless that is done or will never be; an issuer that is not there yet is waited for. */
    void reconcile(ObjectKey key) {
        Optional<ObjectNode> found = store.find(Types.CERTIFICATE_REQUEST, key.namespace(), key.name());
        if (found.isEmpty() || isOver(found.get())) {
            return;
        }
        ObjectNode request = found.get().deepCopy();
        Conditions.set(request, "Approved", true, "cert-manager.io", "Approved by the sandbox", world.now());
        Optional<X509Issuance.Signer> signer = store.find(
                        Types.ISSUER, key.namespace(), Json.text(request, "spec", "issuerRef", "name"))
                .flatMap(signing::of);
        if (signer.isEmpty()) {
            Conditions.set(request, "Ready", false, "Pending", "Referenced issuer is not ready", world.now());
        } else {
            sign(request, signer.get());
        }
        request.withObject("metadata").remove("resourceVersion");
        store.update(Types.CERTIFICATE_REQUEST, key.namespace(), key.name(), request, OURS.ofStatus());
    }

    private static boolean isOver(JsonNode request) {
        return !Json.text(request, "status", "certificate").isEmpty()
                || Conditions.isTrue(request, "Denied")
                || Json.at(request, "status", "conditions")
                        .valueStream()
                        .anyMatch(condition -> Json.text(condition, "reason").equals("Failed"));
    }

    private void sign(ObjectNode request, X509Issuance.Signer signer) {
        try {
            JcaPKCS10CertificationRequest asked = read(Json.text(request, "spec", "request"));
            PublicKey key = asked.getPublicKey();
            if (!asked.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new PKCSException("its signature is not its key's");
            }
            X509Certificate certificate = X509Issuance.sign(
                    CertificateSpec.of(asCertificate(request, asked), version),
                    key,
                    signer,
                    world.clock().instant());
            ObjectNode status = Json.child(request, "status");
            status.put("certificate", base64(Pem.text(certificate) + above(signer)));
            status.put("ca", base64(Pem.text(signer.chain().getFirst())));
            Conditions.set(
                    request, "Ready", true, "Issued", "Certificate fetched from issuer successfully", world.now());
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | IllegalArgumentException unreadable) {
            Conditions.set(
                    request,
                    "Ready",
                    false,
                    "Failed",
                    "Expected a request that can be signed, but " + unreadable.getMessage(),
                    world.now());
        }
    }

    /** What is between the certificate and a root that signed itself; that one is not repeated. */
    private static String above(X509Issuance.Signer signer) {
        return signer.chain().stream()
                .filter(link -> !link.getSubjectX500Principal().equals(link.getIssuerX500Principal()))
                .map(Pem::text)
                .collect(Collectors.joining());
    }

    private static JcaPKCS10CertificationRequest read(String base64) throws IOException {
        String pem = new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof PKCS10CertificationRequest request) {
                return new JcaPKCS10CertificationRequest(request);
            }
            throw new IOException("it is no PKCS #10 request");
        }
    }

    /** The subject is the request's, all else the object's. */
    private static ObjectNode asCertificate(ObjectNode request, PKCS10CertificationRequest asked) {
        ObjectNode certificate = Json.object();
        ObjectNode spec = certificate.putObject("spec");
        spec.put("duration", Json.text(request, "spec", "duration"));
        spec.set("usages", Json.at(request, "spec", "usages").deepCopy());
        names(asked, BCStyle.CN).forEach(name -> spec.put("commonName", name));
        ArrayNode organizations = spec.putObject("subject").putArray("organizations");
        names(asked, BCStyle.O).forEach(organizations::add);
        return certificate;
    }

    private static List<String> names(PKCS10CertificationRequest asked, ASN1ObjectIdentifier type) {
        return Arrays.stream(asked.getSubject().getRDNs(type))
                .map(name -> IETFUtils.valueToString(name.getFirst().getValue()))
                .toList();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
