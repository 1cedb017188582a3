package aether.domain.cluster;

/** What a customer has set of a control plane beside its version and names. */
public record ControlPlaneSettings(OidcSettings oidc, ExtraArgs extraArgs) {

    /** Nothing. */
    public static final ControlPlaneSettings NONE = new ControlPlaneSettings(OidcSettings.NONE, ExtraArgs.NONE);
}
