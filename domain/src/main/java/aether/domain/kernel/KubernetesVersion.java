package aether.domain.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kubernetes version {@code MAJOR.MINOR.PATCH}, without the leading {@code v}. */
public record KubernetesVersion(int major, int minor, int patch) implements Comparable<KubernetesVersion> {

    /** What this release of Aether can run: the newest patch of each supported minor, oldest first. */
    public static final List<KubernetesVersion> SUPPORTED =
            List.of(new KubernetesVersion(1, 32, 9), new KubernetesVersion(1, 33, 5), new KubernetesVersion(1, 34, 1));

    /**
     * What the process kubelet of the sandbox runs where this machine has its binaries. It is long out of support, so
     * it is offered in the sandbox's region and nowhere else.
     */
    public static final KubernetesVersion SANDBOX = new KubernetesVersion(1, 20, 2);

    /** The region that is this machine. */
    public static final String SANDBOX_REGION = "local";

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,3}))?");

    private static final Comparator<KubernetesVersion> ORDER = Comparator.comparingInt(KubernetesVersion::major)
            .thenComparingInt(KubernetesVersion::minor)
            .thenComparingInt(KubernetesVersion::patch);

    /**
     * Reads {@code MAJOR.MINOR.PATCH}, or {@code MAJOR.MINOR} as the newest supported patch of that minor (patch 0 when
     * the minor is not supported).
     *
     * @return empty when the text has neither form
     */
    public static Optional<KubernetesVersion> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(form.group(1));
        int minor = Integer.parseInt(form.group(2));
        if (form.group(3) != null) {
            return Optional.of(new KubernetesVersion(major, minor, Integer.parseInt(form.group(3))));
        }
        return Optional.of(SUPPORTED.stream()
                .filter(version -> version.major == major && version.minor == minor)
                .findFirst()
                .orElse(new KubernetesVersion(major, minor, 0)));
    }

    /** Whether this release can run the version: a supported minor, at a patch no newer than the one it knows. */
    public boolean isSupported() {
        return SUPPORTED.stream()
                .anyMatch(known -> known.major == major && known.minor == minor && patch <= known.patch);
    }

    /** Whether this release can run the version in that region. */
    public boolean isSupportedIn(String region) {
        return isSupported() || (region.equals(SANDBOX_REGION) && equals(SANDBOX));
    }

    /** Whether an upgrade may go from this version to that: a later patch of the same minor, or the next minor. */
    public boolean mayMoveTo(KubernetesVersion target) {
        boolean laterPatch = target.minor == minor && target.patch > patch;
        boolean nextMinor = target.minor == minor + 1;
        return target.major == major && (laterPatch || nextMinor);
    }

    /**
     * Whether an API server of this version supports a kubelet of that one: not newer, and at most three minors older
     * (two before 1.28). Source: Kubernetes' version skew policy, section kubelet.
     */
    public boolean serves(KubernetesVersion kubelet) {
        int skew = minor >= 28 ? 3 : 2;
        return kubelet.major == major && kubelet.minor <= minor && minor - kubelet.minor <= skew;
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
