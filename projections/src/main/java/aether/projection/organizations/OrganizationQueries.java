package aether.projection.organizations;

import aether.projection.http.Listing;
import aether.projection.http.Page;
import aether.projection.http.PageRequest;
import aether.projection.http.Parameters;
import aether.projection.http.QueryDoor;
import aether.projection.http.QueryRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Which organizations there are. */
@RestController
public final class OrganizationQueries {

    private static final OrganizationTable TABLE = new OrganizationTable();

    private final QueryDoor door;

    public OrganizationQueries(QueryDoor door) {
        this.door = door;
    }

    /** An organization in the API. */
    record Answer(UUID id, String name, String slug, Instant createdAt, Instant updatedAt) {
        static Answer of(OrganizationView view) {
            return new Answer(view.id(), view.name(), view.slug(), view.createdAt(), view.updatedAt());
        }
    }

    @GetMapping("/api/v1/organizations")
    ResponseEntity<byte[]> list(HttpServletRequest request) throws SQLException {
        return door.answer(request, (connection, scope) -> {
            PageRequest page = Parameters.page(request);
            List<String> conditions = new ArrayList<>(List.of("true"));
            List<Object> arguments = new ArrayList<>();
            UUID own = scope.organization();
            if (own != null) {
                conditions.add("id = ?");
                arguments.add(own);
            } else if (!scope.everything()) {
                conditions.add("false");
            }
            Optional<String> slug = Parameters.text(request, "slug");
            if (slug.isPresent()) {
                conditions.add("slug = ?");
                arguments.add(slug.get());
            }
            Page<OrganizationView> found = Listing.byCreation(
                            "organization", String.join(" and ", conditions), "true", arguments.toArray())
                    .page(connection, page, TABLE::read, OrganizationView::id);
            return found.map(Answer::of);
        });
    }

    @GetMapping("/api/v1/organizations/{organization}")
    ResponseEntity<byte[]> one(HttpServletRequest request, @PathVariable String organization) throws SQLException {
        return door.answer(request, (connection, scope) -> {
            UUID id = Parameters.id("organization", organization);
            return TABLE.find(connection, id)
                    .filter(view -> scope.includes(view.id()))
                    .map(Answer::of)
                    .orElseThrow(() -> QueryRefused.notFound("organization", id));
        });
    }
}
