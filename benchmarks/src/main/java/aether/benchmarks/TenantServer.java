package aether.benchmarks;

import aether.embedded.kubernetes.CertManagerResources;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.LocalKubernetes;
import aether.reconcile.kube.KubeSettings;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ResourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real API server of the benchmark's own, fresh, with cert-manager's resources. */
final class TenantServer implements AutoCloseable {

    static final int CREATED = 201;
    static final int CONFLICT = 409;
    private static final int OK = 200;
    private static final double MILLIS = 1e3;

    /** Far longer than a server under full load lets anybody wait. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "APPLY", "DELETE", "DELETECOLLECTION");
    private static final Pattern REQUESTS = Pattern.compile("apiserver_request_total\\{(.*)\\} ([0-9.e+]+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final LocalKubernetes kubernetes;
    private final HttpClient client;
    private final Map<ResourceKind, ResourceKind> served = new ConcurrentHashMap<>();

    TenantServer() throws IOException {
        directory = Files.createTempDirectory("aether-benchmark-kubernetes-");
        kubernetes = LocalKubernetes.start(
                KubernetesBinaries.find().orElseThrow(() -> new IllegalStateException(KubernetesBinaries.MISSING)),
                directory);
        client = kubernetes.client();
        CertManagerResources.install(kubernetes);
    }

    KubeSettings settings() {
        return new KubeSettings(
                Optional.of(kubernetes.url()), Optional.of(kubernetes.token()), Optional.of(kubernetes.authority()));
    }

    /** What the server answered to a body, as a status code. */
    int send(String method, String path, String contentType, byte[] body) {
        return answer(HttpRequest.newBuilder(URI.create(kubernetes.url() + path))
                        .header("Content-Type", contentType)
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body)))
                .statusCode();
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.timeout(PATIENCE)
                            .header("Authorization", "Bearer " + kubernetes.token())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected an answer, but was interrupted", e);
        }
    }

    private HttpResponse<String> get(String path, String accept) {
        return answer(
                HttpRequest.newBuilder(URI.create(kubernetes.url() + path)).header("Accept", accept));
    }

    /** The path of a kind, in the version that this server has. */
    String path(ResourceKind kind, String namespace) {
        ResourceKind here = served.computeIfAbsent(kind, this::discover);
        return root(here) + (namespace.isEmpty() ? "/" : "/namespaces/" + namespace + "/") + here.plural();
    }

    /** The apiVersion of a kind on this server. */
    String apiVersion(ResourceKind kind) {
        return served.computeIfAbsent(kind, this::discover).apiVersion();
    }

    private ResourceKind discover(ResourceKind kind) {
        return Stream.concat(Stream.of(kind), kind.olderVersions().stream().map(kind::at))
                .filter(each -> get(root(each), "application/json").body().contains('"' + kind.plural() + '"'))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Expected " + kind + " to be served, but it is not"));
    }

    private static String root(ResourceKind kind) {
        return (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion();
    }

    /** How many objects of a kind carry our label. */
    int count(ResourceKind kind) {
        HttpResponse<String> list = get(
                path(kind, "") + "?labelSelector="
                        + URLEncoder.encode(Labels.PART_OF + "=" + Labels.AETHER, StandardCharsets.UTF_8),
                "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        JsonNode items = JSON.readTree(list.body()).path("items");
        if (list.statusCode() != OK) {
            throw new IllegalStateException("Expected to list " + kind.plural() + ", but got " + list.statusCode());
        }
        return items.size();
    }

    /** How often anybody asked the server to write, so far, by resource and verb. */
    Map<String, Long> writes() {
        return requests(true);
    }

    /** How often anybody asked the server for anything but a write, so far, by resource and verb. */
    Map<String, Long> reads() {
        return requests(false);
    }

    /** Seconds of CPU that the server's programs have used so far. */
    double cpu() {
        return ProcessHandle.allProcesses()
                        .map(ProcessHandle::info)
                        .filter(info -> info.commandLine().orElse("").contains(directory.toString()))
                        .mapToLong(info ->
                                info.totalCpuDuration().map(Duration::toMillis).orElse(0L))
                        .sum()
                / MILLIS;
    }

    private Map<String, Long> requests(boolean writing) {
        Map<String, Long> counted = new TreeMap<>();
        for (String line : get("/metrics", "text/plain").body().lines().toList()) {
            Matcher request = REQUESTS.matcher(line);
            if (request.matches()) {
                Map<String, String> labels = new TreeMap<>();
                Matcher label = LABEL.matcher(request.group(1));
                while (label.find()) {
                    labels.put(label.group(1), label.group(2));
                }
                String verb = labels.getOrDefault("verb", "");
                if (WRITES.contains(verb) == writing && !verb.isEmpty()) {
                    counted.merge(
                            verb + " " + labels.getOrDefault("resource", ""),
                            (long) Double.parseDouble(request.group(2)),
                            Long::sum);
                }
            }
        }
        return counted;
    }

    @Override
    public void close() throws IOException {
        client.close();
        kubernetes.close();
        BenchServer.delete(directory);
    }
}
