package aether.projection.access;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name what the token file calls it
 * @param slug the slug of the organization whose things it may see; absent for every other kind
 */
public record Caller(String name, Kind kind, @Nullable String slug) {

    /** Kinds of principals, as the token file names them. */
    public enum Kind {
        /** An administrator of the platform: sees everything. */
        PLATFORM,
        /** Sagas and reconcile workers: have nothing to ask here. */
        WORKER,
        /** The audit archiver: has nothing to ask here. */
        ARCHIVER,
        /** A customer: sees its own organization. */
        ORGANIZATION
    }

    public Caller {
        if ((kind == Kind.ORGANIZATION) != (slug != null)) {
            throw new IllegalArgumentException(
                    "Expected an organization's slug exactly for kind organization, but '%s' is %s %s one."
                            .formatted(name, kind, slug == null ? "without" : "with"));
        }
    }

    /** Whether it sees everything. */
    public boolean isPlatform() {
        return kind == Kind.PLATFORM;
    }
}
