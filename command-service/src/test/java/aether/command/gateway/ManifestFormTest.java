package aether.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.request.Detail;
import aether.command.request.RequestRefused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ManifestFormTest {

    private static CustomResource resource(ResourceType type, String name, Map<String, Object> spec) {
        return new CustomResource(
                new ResourceKey(type, "a", name),
                "uid",
                "1",
                1,
                Instant.EPOCH,
                false,
                List.of(),
                Map.of(),
                spec,
                Map.of());
    }

    private static final CustomResource CLUSTER = resource(
            ResourceType.TENANT_CLUSTER,
            "shop",
            Map.of(
                    "organization", "acme",
                    "region", "local",
                    "kubernetesVersion", "1.33",
                    "publicEndpoint", true));

    private static Object tree(byte[] json) {
        return new JsonMapper().readValue(new String(json, StandardCharsets.UTF_8), Object.class);
    }

    @Test
    void speaksOfAClusterAsManifestsDo() {
        assertThat(tree(ManifestForm.cluster(CLUSTER)))
                .isEqualTo(Map.of(
                        "apiVersion",
                        "aetherplatform.cloud/v1alpha1",
                        "kind",
                        "Cluster",
                        "metadata",
                        Map.of("name", "shop", "organization", "acme"),
                        "spec",
                        Map.of(
                                "region",
                                "local",
                                "k8s_version",
                                "1.33",
                                "hibernated",
                                false,
                                "public_endpoint",
                                true,
                                "api_names",
                                List.of(),
                                "authorized_cidrs",
                                List.of(),
                                "public_domain",
                                "",
                                "oidc",
                                Map.of(),
                                "extra_args",
                                Map.of())));
    }

    @Test
    void speaksOfASnapshotAsManifestsDo() {
        Map<String, Object> restore = Map.of("cluster", "old", "snapshot", "etcd-snapshot-1");
        CustomResource restored =
                resource(ResourceType.TENANT_CLUSTER, "shop", Map.of("organization", "acme", "restoreFrom", restore));

        assertThat(tree(ManifestForm.cluster(restored)))
                .extracting("spec.restore_from")
                .isEqualTo(restore);
    }

    @Test
    void speaksOfAPoolAsManifestsDoAndLeavesTheUnknownToTheRules() {
        CustomResource pool = resource(
                ResourceType.NODE_POOL,
                "web",
                Map.of("clusterName", "shop", "minNodes", 1, "memoryGb", 4, "color", "red"));

        assertThat(tree(ManifestForm.pool(pool, CLUSTER)))
                .isEqualTo(Map.of(
                        "apiVersion",
                        "aetherplatform.cloud/v1alpha1",
                        "kind",
                        "NodePool",
                        "metadata",
                        Map.of("name", "web", "organization", "acme", "cluster", "shop"),
                        "spec",
                        Map.of("min_nodes", 1, "memory_gb", 4, "color", "red")));
    }

    @Test
    void answersInTheWordsOfTheResource() {
        RequestRefused refused = new RequestRefused(
                422,
                "validation_failed",
                "…",
                List.of(
                        new Detail(
                                "documents[0].spec.k8s_version", "forbidden_upgrade", "Expected 1.33, but got 1.35."),
                        new Detail("documents[0].metadata.organization", "organization_unknown", "Expected one."),
                        new Detail(
                                "documents[0].spec.node_count", "exclusive", "Expected node_count, not max_nodes.")));

        assertThat(ManifestForm.refusal(refused))
                .isEqualTo(new Intent.Refuse(
                        "ForbiddenUpgrade",
                        "spec.kubernetesVersion: Expected 1.33, but got 1.35. spec.organization: Expected one."
                                + " spec.nodeCount: Expected nodeCount, not maxNodes."));
        assertThat(ManifestForm.refusal(new RequestRefused(409, "wrong_status", "Expected another.")))
                .isEqualTo(new Intent.Refuse("WrongStatus", "Expected another."));
    }
}
