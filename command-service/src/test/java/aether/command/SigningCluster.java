package aether.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A management cluster with one kubeconfig per namespace and a cert-manager that signs whatever it is asked. */
final class SigningCluster implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, String> kubeconfigs = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> requests = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = server();
    private final KeyPair key = key();
    private volatile String denial = "";

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void kubeconfig(String namespace, String kubeconfig) {
        kubeconfigs.put("/api/v1/namespaces/" + namespace + "/secrets/admin-kubeconfig", kubeconfig);
    }

    void deny(String why) {
        denial = why;
    }

    /** Issuer, duration and usages of what was asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    int left() {
        return requests.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        ObjectNode body = JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
        int status = 404;
        if (kubeconfigs.containsKey(path)) {
            status = 200;
            body.put("kind", "Secret").putObject("data").put("value", base64(String.valueOf(kubeconfigs.get(path))));
        } else if (exchange.getRequestMethod().equals("POST")) {
            status = 201;
            body = (ObjectNode) JSON.readTree(exchange.getRequestBody().readAllBytes());
            note(path + "/" + body.at("/metadata/name").asString(), body);
        } else if (requests.containsKey(path)) {
            status = 200;
            ObjectNode found = requests.get(path);
            body = exchange.getRequestMethod().equals("DELETE") || found == null ? body : found;
            if (exchange.getRequestMethod().equals("DELETE")) {
                requests.remove(path);
                body.put("status", "Success");
            }
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void note(String path, ObjectNode request) throws IOException {
        JsonNode spec = request.path("spec");
        asked.add(spec.at("/issuerRef/name").asString() + " "
                + spec.path("duration").asString() + " "
                + spec.path("usages").valueStream().map(JsonNode::asString).toList());
        ObjectNode status = request.putObject("status");
        if (denial.isEmpty()) {
            status.put("certificate", base64(sign(spec)));
        } else {
            status.putArray("conditions")
                    .addObject()
                    .put("type", "Denied")
                    .put("status", "True")
                    .put("message", denial);
        }
        requests.put(path, request);
    }

    private String sign(JsonNode spec) throws IOException {
        String pem = new String(Base64.getDecoder().decode(spec.path("request").asString()), StandardCharsets.US_ASCII);
        try (PEMParser parser = new PEMParser(new StringReader(pem));
                StringWriter text = new StringWriter();
                JcaPEMWriter writer = new JcaPEMWriter(text)) {
            JcaPKCS10CertificationRequest request =
                    new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            Duration valid =
                    Duration.parse("PT" + spec.path("duration").asString().toUpperCase(java.util.Locale.ROOT));
            writer.writeObject(new JcaX509v3CertificateBuilder(
                            new X500Name("CN=cluster-ca"),
                            BigInteger.TWO,
                            Date.from(now),
                            Date.from(now.plus(valid)),
                            request.getSubject(),
                            request.getPublicKey())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
            writer.flush();
            return text.toString();
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
