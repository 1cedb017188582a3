package aether.sandbox.hypervisor;

import aether.sandbox.certificates.Pem;
import aether.sandbox.journal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a kubelet does to become and stay a node of a real API server: it asks for a certificate with the bootstrap
 * token of its machine config (Kubernetes: TLS bootstrapping), registers under it, and renews its lease. It runs no
 * pods.
 */
final class NodeAgent {

    /** A kubelet renews its lease every 10 s; the controller manager gives it 40. */
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final Pattern TOKEN = Pattern.compile("(?m)^ +token: ([a-z0-9]{6}\\.[a-z0-9]{16})$");
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/";
    private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final int ERROR = 400;

    /** The API server said no, or nothing; in words. */
    static final class NotYet extends Exception {
        private static final long serialVersionUID = 1L;

        NotYet(String sentence) {
            super(sentence);
        }
    }

    private final String uuid;
    private final String name;
    private final URI api;
    private final List<X509Certificate> authority;
    private final String token;
    private final KeyPair key;
    private final HttpClient stranger;
    private Optional<String> request = Optional.empty();
    private Optional<HttpClient> known = Optional.empty();

    private NodeAgent(String uuid, String name, URI api, List<X509Certificate> authority, String token, KeyPair key) {
        this.uuid = uuid;
        this.name = name;
        this.api = api;
        this.authority = authority;
        this.token = token;
        this.key = key;
        this.stranger = client(new KeyManager[0]);
    }

    /**
     * A node that knows its name and what its machine config says, and nobody yet.
     *
     * @param address where the API is reached from here, host and port
     * @throws NotYet when the config has no token or no readable CA
     */
    static NodeAgent of(ObjectNode vm, String address) throws NotYet {
        JsonNode config = Json.at(vm, "config", "machine_config");
        Matcher token = TOKEN.matcher(Json.text(config, "talos"));
        List<X509Certificate> authority;
        try {
            authority = Pem.certificates(Json.text(config, "ca"));
        } catch (IllegalArgumentException unreadable) {
            throw new NotYet("has a CA in its machine config that cannot be read");
        }
        if (!token.find() || authority.isEmpty()) {
            throw new NotYet("has no token or no CA in its machine config");
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new NodeAgent(
                    Json.text(vm, "uuid"),
                    Json.text(vm, "name"),
                    URI.create("https://" + address),
                    authority,
                    token.group(1),
                    generator.generateKeyPair());
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException("Expected this JDK to make P-256 keys, but it does not", unsupported);
        }
    }

    /** Whether it lives in this machine; a VM id can come to mean another one. */
    boolean belongsTo(ObjectNode vm) {
        return uuid.equals(Json.text(vm, "uuid"));
    }

    /** One step towards being a node with a lease, or one heartbeat of it. */
    void beat(ObjectNode vm, String now) throws NotYet {
        if (known.isEmpty()) {
            HttpClient identified = identified();
            known = Optional.of(identified);
            register(vm, now);
        }
        ObjectNode lease =
                Json.object().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        lease.putObject("metadata").put("name", name).put("namespace", "kube-node-lease");
        lease.putObject("spec")
                .put("holderIdentity", name)
                .put("leaseDurationSeconds", HEARTBEAT.multipliedBy(4).toSeconds())
                .put("renewTime", micros(now));
        call("PATCH", LEASES + name + "?fieldManager=kubelet&force=true", APPLY, lease);
    }

    /** Kubernetes' MicroTime: always six digits. */
    private static String micros(String now) {
        String seconds = now.replaceFirst("(\\.[0-9]+)?Z$", "");
        return seconds + ".000000Z";
    }

    private HttpClient identified() throws NotYet {
        String asked = request.isPresent() ? request.get() : ask();
        request = Optional.of(asked);
        JsonNode answer = call(stranger, "GET", REQUESTS + "/" + asked, "application/json", Json.object());
        String certificate = Json.text(answer, "status", "certificate");
        if (certificate.isEmpty()) {
            throw new NotYet("waits for its certificate " + asked);
        }
        List<X509Certificate> chain =
                Pem.certificates(new String(Base64.getDecoder().decode(certificate), StandardCharsets.US_ASCII));
        return client(keys(chain));
    }

    private String ask() throws NotYet {
        ObjectNode body =
                Json.object().put("apiVersion", "certificates.k8s.io/v1").put("kind", "CertificateSigningRequest");
        body.putObject("metadata").put("generateName", "node-csr-");
        ObjectNode spec = body.putObject("spec")
                .put("signerName", "kubernetes.io/kube-apiserver-client-kubelet")
                .put("request", Base64.getEncoder().encodeToString(signingRequest()));
        spec.putArray("usages").add("digital signature").add("key encipherment").add("client auth");
        return Json.text(call(stranger, "POST", REQUESTS, "application/json", body), "metadata", "name");
    }

    private byte[] signingRequest() {
        try {
            PKCS10CertificationRequest made = new JcaPKCS10CertificationRequestBuilder(
                            new X500NameBuilder(BCStyle.INSTANCE)
                                    .addRDN(BCStyle.O, "system:nodes")
                                    .addRDN(BCStyle.CN, "system:node:" + name)
                                    .build(),
                            key.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
            return ("-----BEGIN CERTIFICATE REQUEST-----\n"
                            + Base64.getMimeEncoder().encodeToString(made.getEncoded())
                            + "\n-----END CERTIFICATE REQUEST-----\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("Expected to sign a request, but " + impossible, impossible);
        }
    }

    private void register(ObjectNode vm, String now) throws NotYet {
        ObjectNode node = NodeObject.of(vm);
        call("PATCH", "/api/v1/nodes/" + name + "?fieldManager=kubelet&force=true", APPLY, node);
        ObjectNode status = Json.object().put("apiVersion", "v1").put("kind", "Node");
        status.putObject("metadata").put("name", name);
        status.set("status", NodeObject.status(vm, now));
        call("PATCH", "/api/v1/nodes/" + name + "/status", "application/strategic-merge-patch+json", status);
    }

    private JsonNode call(String method, String path, String type, ObjectNode body) throws NotYet {
        return call(known.orElseThrow(), method, path, type, body);
    }

    private JsonNode call(HttpClient client, String method, String path, String type, ObjectNode body) throws NotYet {
        HttpRequest.Builder call = HttpRequest.newBuilder(api.resolve(path))
                .timeout(BOUND)
                .header("Content-Type", type)
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        if (known.isEmpty()) {
            call.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> answer = client.send(call.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() >= ERROR) {
                throw new NotYet("got " + answer.statusCode() + " for " + method + " " + path + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return Json.parse(answer.body());
        } catch (IOException silent) {
            throw new NotYet("does not reach " + api + ": " + silent.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NotYet("is told to stop");
        }
    }

    private KeyManager[] keys(List<X509Certificate> chain) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("node", key.getPrivate(), new char[0], chain.toArray(X509Certificate[]::new));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            return managers.getKeyManagers();
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("Expected to use the node's certificate, but " + impossible, impossible);
        }
    }

    private HttpClient client(KeyManager[] keys) {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (X509Certificate each : authority) {
                anchors.setCertificateEntry(each.getSerialNumber().toString(), each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .sslContext(context)
                    .connectTimeout(BOUND)
                    .build();
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("Expected to trust the cluster CA, but " + impossible, impossible);
        }
    }
}
