package aether.command.manifest;

import aether.command.request.Fields;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.OidcSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what a customer may set of a control plane; whether it is fit, the domain decides. */
public final class SettingsForm {

    private static final String ETCD = "etcd";
    private static final String OIDC = "oidc";
    private static final String EXTRA_ARGS = "extra_args";
    /** A few certificates in PEM. */
    private static final int MAX_CERTIFICATES = 32 << 10;

    private SettingsForm() {}

    /** How many members its etcd has; empty when the request does not say. */
    public static OptionalInt etcdMembers(Fields spec) {
        spec.known(ETCD);
        if (!spec.has(ETCD)) {
            return OptionalInt.empty();
        }
        Fields etcd = spec.object(ETCD);
        OptionalInt members = etcd.optionalWhole("members");
        etcd.done();
        return members;
    }

    /** The identity provider; empty when the request leaves it as it is. An object without fields means none. */
    public static Optional<OidcSettings> oidc(Fields spec) {
        spec.known(OIDC);
        if (!spec.has(OIDC)) {
            return Optional.empty();
        }
        Fields oidc = spec.object(OIDC);
        String issuer = oidc.optionalText("issuer_url").orElse("");
        boolean given = !issuer.isEmpty();
        OidcSettings read = new OidcSettings(
                issuer,
                oidc.optionalText("client_id").orElse(""),
                oidc.optionalText("username_claim").orElse(given ? OidcSettings.DEFAULT_CLAIM : ""),
                oidc.optionalText("username_prefix").orElse(given ? OidcSettings.DEFAULT_PREFIX : ""),
                oidc.optionalText("groups_claim").orElse(""),
                oidc.optionalText("groups_prefix").orElse(given ? OidcSettings.DEFAULT_PREFIX : ""),
                oidc.optionalText("certificate_authority", MAX_CERTIFICATES).orElse(""));
        oidc.done();
        return Optional.of(read);
    }

    /** Arguments of components; empty when the request leaves them as they are. A component left out has none. */
    public static Optional<ExtraArgs> extraArgs(Fields spec) {
        spec.known(EXTRA_ARGS);
        if (!spec.has(EXTRA_ARGS)) {
            return Optional.empty();
        }
        Fields args = spec.object(EXTRA_ARGS);
        ExtraArgs read =
                new ExtraArgs(texts(args, "api_server"), texts(args, "controller_manager"), texts(args, "scheduler"));
        args.done();
        return Optional.of(read);
    }

    private static List<String> texts(Fields fields, String name) {
        fields.known(name);
        return fields.has(name) ? fields.texts(name) : List.of();
    }
}
