package aether.command.admission;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the admission webhook listens, and as whom.
 *
 * @param port the TCP port, 0 for any
 * @param certificateFile its certificate with what is above it (PEM), as cert-manager writes {@code tls.crt}
 * @param keyFile its key (PKCS #8 in PEM), as cert-manager writes {@code tls.key} for that encoding
 */
public record AdmissionSettings(int port, Path certificateFile, Path keyFile) {

    /** Refuses what cannot be listened on. */
    public AdmissionSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "Expected aether.command.gateway.admission.port from 0 to 65535, but got " + port + ".");
        }
        required("certificate-file", certificateFile);
        required("key-file", keyFile);
    }

    private static void required(String name, @Nullable Path file) {
        if (file == null) {
            throw new IllegalArgumentException("Expected the setting aether.command.gateway.admission." + name
                    + " beside its port, but it is missing.");
        }
    }
}
