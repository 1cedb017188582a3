package aether.command.gateway;

import org.jspecify.annotations.Nullable;

/** The management cluster cannot be asked just now. */
public final class ManagementClusterUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ManagementClusterUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
