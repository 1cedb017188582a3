package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.audit.AuditEvent;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {

    private static final String KUBECONFIG = "apiVersion: v1\nkind: Config\n";

    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    private HttpServer kubernetes = server();

    @TempDir
    Path directory = Path.of("");

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void start() {
        kubernetes.createContext("/", this::answer);
        kubernetes.start();
    }

    @AfterEach
    void stop() {
        kubernetes.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String value = secrets.get(exchange.getRequestURI().getPath());
        boolean allowed = "Bearer mgmt".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String body = value == null
                ? "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":404}"
                : "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"admin-kubeconfig\"},\"data\":{\"value\":\""
                        + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "\"}}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(!allowed ? 401 : value == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void handsTheKubeconfigOutAndNotesIt() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "mgmt\n");
        try (RunningService service = RunningService.start(Map.of(
                "aether.command.management-cluster.url",
                "http://127.0.0.1:" + kubernetes.getAddress().getPort(),
                "aether.command.management-cluster.token-file",
                token.toString()))) {
            RunningService.Answer applied = service.yaml("admin", ManifestTest.tenant("keys", "1.33", 1));
            String cluster = applied.json().at("/items/1/id").asString();
            String path = "/api/v1/organizations/keys/clusters/demo/kubeconfig";

            RunningService.Answer early = service.get(path, "admin");
            assertThat(early.status()).isEqualTo(404);
            assertThat(early.code()).isEqualTo("kubeconfig_not_ready");
            secrets.put("/api/v1/namespaces/tenant-" + cluster + "/secrets/admin-kubeconfig", KUBECONFIG);
            RunningService.Answer ready = service.get(path, "admin");

            assertThat(ready.status()).as(ready.body()).isEqualTo(200);
            assertThat(ready.body()).isEqualTo(KUBECONFIG);
            assertThat(ready.response().headers().firstValue("Content-Type")).contains("application/yaml");
            assertThat(service.stream("audit-command-1")).last().isInstanceOf(AuditEvent.KubeconfigRead.class);
            assertThat(ready.position()).isEqualTo(service.head());

            kubernetes.stop(0);
            RunningService.Answer away = service.get(path, "admin");
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.code()).isEqualTo("management_cluster_unavailable");
        }
    }
}
