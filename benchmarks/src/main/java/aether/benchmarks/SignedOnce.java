package aether.benchmarks;

import aether.domain.cluster.ClusterId;
import aether.reconcile.kube.FabricManagementCluster;
import aether.reconcile.kube.KubeSettings;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import aether.sandbox.SandboxTimings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The Secrets of one tenant's certificates, as the simulated cert-manager signs them when the workers ask it. */
final class SignedOnce {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private SignedOnce() {}

    /** By the name of the Certificate, which is the Secret's. */
    static Map<String, JsonNode> secrets() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("aether-benchmark-sandbox-");
        ClusterId tenant = new ClusterId(new UUID(1, 1));
        try (Sandbox sandbox = Sandbox.start(new SandboxSettings(
                directory, 0, InstantSource.system(), new SecureRandom(), SandboxTimings.IMMEDIATE))) {
            KubeSettings settings = new KubeSettings(
                    Optional.of(sandbox.url().toString()), Optional.of(sandbox.token()), Optional.empty());
            try (Operator operator = new Operator(settings, false);
                    FabricManagementCluster cluster = FabricManagementCluster.at(settings)) {
                operator.request(List.of(tenant));
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (operator.log().running() == 0) {
                    if (System.nanoTime() > end) {
                        throw new IllegalStateException("Expected the first tenant to run, but " + operator.troubles());
                    }
                    Thread.sleep(20);
                }
                return cluster.list(ResourceKind.SECRET, TenantNames.namespace(tenant), Map.of()).stream()
                        .filter(secret -> secret.path("type").asString("").equals("kubernetes.io/tls"))
                        .collect(Collectors.toMap(
                                secret -> secret.at("/metadata/name").asString(), secret -> secret));
            }
        } finally {
            BenchServer.delete(directory);
        }
    }
}
