package aether.embedded.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * One real API server per test JVM, shared by all test classes, with what cert-manager brings: its namespace and its
 * custom resources.
 */
public final class TestKubernetes {

    private static final List<String> CERT_MANAGER = List.of(
            "Issuer issuers Namespaced", "ClusterIssuer clusterissuers Cluster", "Certificate certificates Namespaced");
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final int OK = 200;

    private TestKubernetes() {}

    private static final class Shared {
        static final LocalKubernetes SERVER = begin();
    }

    /** Skips the test, with a reason, where this machine has no binaries. */
    public static void assumePresent() {
        Assumptions.assumeTrue(KubernetesBinaries.find().isPresent(), KubernetesBinaries.MISSING);
    }

    /** The shared server; stop or kill one of your own instead of this one. */
    public static LocalKubernetes server() {
        return Shared.SERVER;
    }

    private static LocalKubernetes begin() {
        try {
            Path directory = Files.createTempDirectory("aether-test-kubernetes-");
            LocalKubernetes server =
                    LocalKubernetes.start(KubernetesBinaries.find().orElseThrow(), directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, directory)));
            int answer = call(server, "POST", "/api/v1/namespaces", """
                    {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"cert-manager"}}""");
            if (answer != CREATED) {
                throw new IOException("Expected to make namespace cert-manager, but the API server answered " + answer);
            }
            for (String definition : CERT_MANAGER) {
                String[] parts = definition.split(" ", -1);
                installDefinition(server, "cert-manager.io", "v1", parts[0], parts[1], parts[2]);
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Serves a custom resource with a status of its own and any spec; cert-manager's own schemas are stricter about
     * values and keep lists whole, as an unstated list type does here.
     */
    static void installDefinition(
            LocalKubernetes server, String group, String version, String kind, String plural, String scope)
            throws IOException {
        String open = "{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}";
        int answer = call(server, "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
                 "metadata":{"name":"%3$s.%1$s"},
                 "spec":{"group":"%1$s","scope":"%5$s",
                  "names":{"kind":"%2$s","listKind":"%2$sList","plural":"%3$s","singular":"%6$s"},
                  "versions":[{"name":"%4$s","served":true,"storage":true,"subresources":{"status":{}},
                   "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":%7$s,"status":%7$s}}}}]}}
                """.formatted(
                        group, kind, plural, version, scope, kind.toLowerCase(java.util.Locale.ROOT), open));
        if (answer != CREATED && answer != CONFLICT) {
            throw new IOException("Expected to install " + kind + ", but the API server answered " + answer);
        }
        awaitServed(server, "/apis/" + group + "/" + version + "/" + plural);
    }

    static void awaitServed(LocalKubernetes server, String path) throws IOException {
        long end = System.nanoTime() + Answers.BOUND.multipliedBy(30).toNanos();
        while (call(server, "GET", path, "") != OK) {
            if (System.nanoTime() > end) {
                throw new IOException("Expected " + path + " to be served, but it is not");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private static int call(LocalKubernetes server, String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Answers.BOUND.multipliedBy(10))
                .header("Authorization", "Bearer " + server.token())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return Answers.trusting(server.authorityFile())
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void end(LocalKubernetes server, Path directory) {
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
