package aether.command.access;

import aether.domain.kernel.DnsLabel;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a token belongs to.
 *
 * @param name stands in the audit trail
 * @param kind what kind of principal it is
 * @param slug the organization's slug; absent for every other kind
 */
public record Identity(String name, Kind kind, @Nullable String slug) {

    /** Kinds of principals. */
    public enum Kind {
        /** An administrator of the platform. */
        PLATFORM,
        /** Sagas and reconcile workers. */
        WORKER,
        /** The audit archiver. */
        ARCHIVER,
        /** A customer. */
        ORGANIZATION;

        /** The word in the token file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    public Identity {
        if (!DnsLabel.isValid(name)) {
            throw new IllegalArgumentException(DnsLabel.expected(name));
        }
        if ((kind == Kind.ORGANIZATION) != (slug != null) || (slug != null && !DnsLabel.isValid(slug))) {
            throw new IllegalArgumentException("Expected an organization's slug exactly for kind organization, but '"
                    + name + "' is " + kind.word() + (slug == null ? " without one." : " with one that is not fit."));
        }
    }

    /** An identity that belongs to no organization. */
    public static Identity of(String name, Kind kind) {
        return new Identity(name, kind, null);
    }

    /** A customer's identity. */
    public static Identity ofOrganization(String name, String slug) {
        return new Identity(name, Kind.ORGANIZATION, slug);
    }

    /** How the trail speaks of it. */
    public Principal principal() {
        return switch (kind) {
            case PLATFORM -> new Principal(Principal.Kind.ADMINISTRATOR, "", name);
            case ORGANIZATION ->
                new Principal(Principal.Kind.USER, organization().orElse(""), name);
            case WORKER, ARCHIVER -> Principal.service(name);
        };
    }

    /** The organization's slug; empty when it is no customer's. */
    public Optional<String> organization() {
        return Optional.ofNullable(slug);
    }
}
