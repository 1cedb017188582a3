package aether.command.gateway;

import aether.domain.cluster.ClusterId;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads kubeconfigs from the Secrets that the workers write into the tenants' namespaces. */
public final class SecretKubeconfigs implements KubeconfigSource, AutoCloseable {

    private static final String SECRET = "admin-kubeconfig";

    private static final String KEY = "value";

    /** A person waits for the answer. */
    private static final int TIMEOUT_MILLIS = 5_000;

    /** Once: the person may ask again. */
    private static final int RETRIES = 1;

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
        return new SecretKubeconfigs(
                new KubernetesClientBuilder().withConfig(config(settings)).build());
    }

    @Override
    public Optional<String> read(ClusterId clusterId) {
        try {
            Secret secret = client.secrets()
                    .inNamespace("tenant-" + clusterId)
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

    private static Config config(ManagementClusterSettings settings) {
        Path kubeconfig = settings.kubeconfig();
        if (kubeconfig != null) {
            return bounded(new ConfigBuilder(Config.fromKubeconfig(text(kubeconfig))));
        }
        // Without autoconfiguration: whatever kubeconfig lies in the home directory is somebody else's cluster.
        ConfigBuilder builder = new ConfigBuilder(Config.empty()).withMasterUrl(settings.url());
        Path tokenFile = settings.tokenFile();
        if (tokenFile != null) {
            builder.withOauthToken(text(tokenFile).strip());
        }
        Path caFile = settings.caFile();
        if (caFile != null) {
            builder.withCaCertFile(caFile.toString());
        }
        return bounded(builder);
    }

    private static Config bounded(ConfigBuilder builder) {
        return builder.withRequestTimeout(TIMEOUT_MILLIS)
                .withConnectionTimeout(TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Expected to read " + file + " for the management cluster, but could not", e);
        }
    }
}
