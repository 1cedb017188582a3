package aether.command.gateway;

import aether.domain.cluster.ClusterId;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads kubeconfigs from the Secrets that the workers write into the tenants' namespaces. */
public final class SecretKubeconfigs implements KubeconfigSource, AutoCloseable {

    private static final String SECRET = "admin-kubeconfig";

    private static final String KEY = "value";

    private final KubernetesClient client;

    private SecretKubeconfigs(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Kubeconfigs from a management cluster; it is not asked before somebody wants one.
     *
     * @throws IllegalArgumentException when a file of the settings cannot be read
     */
    public static SecretKubeconfigs of(ManagementClusterSettings settings) {
        return new SecretKubeconfigs(ManagementClients.of(settings));
    }

    @Override
    public Optional<String> read(ClusterId clusterId) {
        try {
            Secret secret = client.secrets()
                    .inNamespace(TenantNamespace.of(clusterId))
                    .withName(SECRET)
                    .get();
            @Nullable Map<String, String> data = secret == null ? null : secret.getData();
            return Optional.ofNullable(data == null ? null : data.get(KEY))
                    .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
        } catch (KubernetesClientException e) {
            throw new ManagementClusterUnavailable(
                    "Expected to read a kubeconfig from the management cluster, but it did not answer as it should.",
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
