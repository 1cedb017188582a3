package aether.standalone;

import aether.domain.kernel.KubernetesVersion;
import aether.standalone.platform.DataDirectory;
import aether.standalone.platform.PlatformSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Which Kubernetes version quickstart asks for: the one that this machine's binaries can run, where it has some, or the
 * example's own. A directory keeps to what was asked for first, because versions never go back.
 */
final class QuickstartVersion {

    private static final String EXAMPLE = "example";

    private QuickstartVersion() {}

    /** The version to put into the example; empty for the example as it is. */
    static Optional<KubernetesVersion> of(DataDirectory directory, PlatformSettings settings) throws IOException {
        if (!Files.exists(directory.quickstartVersion())) {
            boolean lived = Files.exists(directory.auditKey()); // a quickstart from before there was a choice
            Files.writeString(
                    directory.quickstartVersion(),
                    settings.binaries() == null || lived ? EXAMPLE : KubernetesVersion.SANDBOX.toString());
        }
        String chosen = Files.readString(directory.quickstartVersion()).strip();
        return chosen.equals(EXAMPLE) ? Optional.empty() : KubernetesVersion.parse(chosen);
    }

    /** The manifest with that version instead of its own. */
    static String into(String manifest, KubernetesVersion version) {
        return manifest.replaceFirst("(?m)^( *k8s_version:).*$", "$1 \"" + version + "\"");
    }
}
