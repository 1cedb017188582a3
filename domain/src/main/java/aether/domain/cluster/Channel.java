package aether.domain.cluster;

/** The way by which a cluster is changed; one at a time, so that nobody undoes what another wants. */
public enum Channel {
    /** The command API: REST, and manifests sent to it. */
    API,
    /** Custom resources in the management cluster. */
    KUBERNETES;

    /** The value in the API. */
    public String published() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
