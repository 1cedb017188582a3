package aether.domain.cluster;

import aether.domain.kernel.Decision;
import java.util.Optional;

/** Decides what a customer may set of a control plane. */
final class SettingsDecider {

    private SettingsDecider() {}

    static Decision<ClusterRejection> configure(ClusterState state, ClusterCommand.ConfigureControlPlane configure) {
        OidcSettings oidc = configure.oidc() == null ? state.settings().oidc() : configure.oidc();
        ExtraArgs args = configure.extraArgs() == null ? state.settings().extraArgs() : configure.extraArgs();
        ControlPlaneSettings next = new ControlPlaneSettings(oidc, args);
        if (next.equals(state.settings())) {
            return Decision.unchanged();
        }
        Optional<ClusterRejection.InvalidSetting> wrong = OidcRules.check(oidc).or(() -> check(args));
        if (wrong.isPresent()) {
            return Decision.refuse(wrong.get());
        }
        return ClusterDecider.isLeaving(state)
                ? Decision.refuse(new ClusterRejection.WrongStatus("not being taken down", state.status()))
                : Decision.accept(new ClusterEvent.ControlPlaneConfigured(configure.clusterId(), next));
    }

    private static Optional<ClusterRejection.InvalidSetting> check(ExtraArgs args) {
        for (ControlPlaneComponent component : ControlPlaneComponent.values()) {
            Optional<String> wrong = ArgumentRules.check(args.of(component));
            if (wrong.isPresent()) {
                return Optional.of(
                        new ClusterRejection.InvalidSetting("extra_args." + component.published(), wrong.get()));
            }
        }
        return Optional.empty();
    }
}
