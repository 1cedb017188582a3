package aether.command.gateway;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes clients of the management cluster. */
final class ManagementClients {

    /** A person waits for the answer, or a loop that tries again. */
    private static final int TIMEOUT_MILLIS = 5_000;

    /** Once: whoever asked may ask again. */
    private static final int RETRIES = 1;

    private ManagementClients() {}

    /**
     * A client; the cluster is not asked before somebody wants something of it.
     *
     * @throws IllegalArgumentException when a file of the settings cannot be read
     */
    static KubernetesClient of(ManagementClusterSettings settings) {
        return new KubernetesClientBuilder().withConfig(config(settings)).build();
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
