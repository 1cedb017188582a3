package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Outcome;
import aether.embedded.kubernetes.Kubectl;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.LocalKubernetes;
import aether.embedded.kubernetes.TestKubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The management cluster comes later than the service, goes away, and comes back; nobody has to do anything about it.
 */
@Tag("slow")
class GatewayOutageTest {

    private static final String READY = "{.status.conditions[?(@.type==\"InfrastructureReady\")].status}";

    @BeforeAll
    static void present() {
        TestKubernetes.assumePresent();
    }

    @Test
    void goesOnWhereItWasWhenTheManagementClusterComesBack(@TempDir Path directory) throws IOException {
        KubernetesBinaries binaries = KubernetesBinaries.find().orElseThrow();
        Kubectl kubectl = new Kubectl(binaries);
        Path kubeconfig = directory.resolve("kubeconfig");
        try (LocalKubernetes server = LocalKubernetes.start(binaries, directory.resolve("kubernetes"))) {
            Files.writeString(kubeconfig, server.kubeconfig());
            try (RunningService service = RunningService.start(Map.of(
                    "aether.command.management-cluster.kubeconfig", kubeconfig.toString(),
                    "aether.command.gateway.enabled", "true",
                    "aether.command.gateway.install-definitions", "true"))) {
                String organization = service.organization();
                Path manifest = Files.writeString(directory.resolve("shop.yaml"), """
                        apiVersion: aetherplatform.cloud/v1alpha1
                        kind: TenantCluster
                        metadata: {name: shop, namespace: default}
                        spec: {organization: %s, region: local, kubernetesVersion: "1.33"}
                        """.formatted(organization));
                kubectl.await(kubeconfig, "created", "apply", "-f", manifest.toString());
                kubectl.awaitTrue(
                        "an id",
                        () -> !kubectl.run(kubeconfig, "get", "tc", "shop", "-o", "jsonpath={.status.clusterId}")
                                .isEmpty());
                ClusterId id = ClusterId.parse(
                        kubectl.run(kubeconfig, "get", "tc", "shop", "-o", "jsonpath={.status.clusterId}"));

                server.stopServer();
                Outcome outcome = service.bean(CommandDispatcher.class)
                        .dispatch(new CommandEnvelope(
                                UUID.randomUUID(),
                                new ClusterCommand.PublishEndpoint(id, "10.80.0.2", 6443),
                                CommandContext.of(new Actor("worker", "workers"))))
                        .outcome();
                assertThat(outcome).as("commands do not wait for it").isEqualTo(new Outcome.Accepted(true));
                server.restartServer();

                kubectl.await(kubeconfig, "True", "get", "tc", "shop", "-o", "jsonpath=" + READY);
                assertThat(service.stream(id.stream()).stream().filter(ClusterEvent.ClusterRequested.class::isInstance))
                        .as("asked for once")
                        .hasSize(1);
            }
        }
    }
}
