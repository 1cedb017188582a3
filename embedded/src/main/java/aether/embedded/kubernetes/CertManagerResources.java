package aether.embedded.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

/** What cert-manager brings to a cluster that is not there yet: its namespace and its custom resources. */
public final class CertManagerResources {

    private static final List<String> KINDS = List.of(
            "Issuer issuers Namespaced", "ClusterIssuer clusterissuers Cluster", "Certificate certificates Namespaced");
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final int OK = 200;

    private CertManagerResources() {}

    /** Brings them, without anything that acts on them. */
    public static void install(LocalKubernetes server) throws IOException {
        int answer = call(server, "POST", "/api/v1/namespaces", """
                {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"cert-manager"}}""");
        if (answer != CREATED) {
            throw new IOException("Expected to make namespace cert-manager, but the API server answered " + answer);
        }
        for (String definition : KINDS) {
            String[] parts = definition.split(" ", -1);
            installDefinition(server, "cert-manager.io", "v1", parts[0], parts[1], parts[2]);
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
                        group, kind, plural, version, scope, kind.toLowerCase(Locale.ROOT), open));
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
            return server.client()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
