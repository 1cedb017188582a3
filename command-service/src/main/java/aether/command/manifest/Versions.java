package aether.command.manifest;

import aether.command.request.Fields;
import aether.command.request.Violations;
import aether.domain.kernel.KubernetesVersion;
import java.util.Optional;

/** Reads Kubernetes versions out of requests. */
public final class Versions {

    private static final KubernetesVersion UNREAD = KubernetesVersion.SUPPORTED.getLast();

    private Versions() {}

    /**
     * A required version that is supported in that region; notes what is wrong with it.
     *
     * @param region empty when it is not known: then what is supported everywhere
     */
    public static KubernetesVersion read(Fields fields, String field, String region, Violations violations) {
        String text = fields.text(field);
        if (!fields.hasText(field)) {
            return UNREAD;
        }
        Optional<KubernetesVersion> version = KubernetesVersion.parse(text);
        if (version.isEmpty()) {
            violations.broken(
                    fields.path(field),
                    "invalid_version",
                    "Expected MAJOR.MINOR or MAJOR.MINOR.PATCH, but got " + text.length() + " other characters.");
            return UNREAD;
        }
        if (!version.get().isSupportedIn(region)) {
            violations.broken(
                    fields.path(field),
                    "unsupported_version",
                    "Expected a supported Kubernetes version " + KubernetesVersion.SUPPORTED + ", but got "
                            + version.get() + ".");
        }
        return version.get();
    }
}
