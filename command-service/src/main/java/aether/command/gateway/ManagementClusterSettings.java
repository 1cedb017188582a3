package aether.command.gateway;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the management cluster: a kubeconfig file, or an address with a token; with neither, there is none.
 *
 * @param kubeconfig a kubeconfig file, whose current context counts
 * @param url the address of its API
 * @param tokenFile a file that holds a bearer token
 * @param caFile the authorities that its certificate is checked against, PEM; the system's when absent
 */
public record ManagementClusterSettings(
        @Nullable Path kubeconfig,
        @Nullable String url,
        @Nullable Path tokenFile,
        @Nullable Path caFile) {

    /** No management cluster. */
    public static final ManagementClusterSettings NONE = new ManagementClusterSettings(null, null, null, null);

    public ManagementClusterSettings {
        if (kubeconfig != null && url != null) {
            throw new IllegalArgumentException(
                    "Expected either a kubeconfig or a url of the management cluster, but got both.");
        }
    }

    /** Whether there is one. */
    public boolean isConfigured() {
        return kubeconfig != null || url != null;
    }
}
