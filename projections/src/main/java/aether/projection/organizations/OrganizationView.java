package aether.projection.organizations;

import java.time.Instant;
import java.util.UUID;

/** An organization as it is shown. */
public record OrganizationView(
        UUID id, String slug, String name, long createdPosition, Instant createdAt, Instant updatedAt) {

    OrganizationView named(String next, Instant when) {
        return new OrganizationView(id, slug, next, createdPosition, createdAt, when);
    }
}
