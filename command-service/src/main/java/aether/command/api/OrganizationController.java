package aether.command.api;

import aether.command.access.Identity;
import aether.command.dispatch.CommandDispatcher;
import aether.command.request.Fields;
import aether.command.streams.Streams;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugCommand;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Registers and renames organizations; that is the platform's to do. */
@RestController
@RequestMapping("/api/v1/organizations")
@Audience(Identity.Kind.PLATFORM)
final class OrganizationController {

    private final CommandDispatcher dispatcher;

    private final Places places;

    OrganizationController(CommandDispatcher dispatcher, Places places) {
        this.dispatcher = dispatcher;
        this.places = places;
    }

    private record Registration(String slug, String name) {
        static Registration read(Fields fields) {
            String slug = fields.label("slug");
            return new Registration(slug, fields.optionalText("name").orElse(slug));
        }
    }

    @PostMapping
    ResponseEntity<Object> register(Caller caller, HttpServletRequest request) {
        Registration wanted = Body.read(request, (fields, violations) -> Registration.read(fields));
        OrganizationId id = Streams.organizationId(wanted.slug());
        var command = new SlugCommand.RegisterOrganization(wanted.slug(), id, wanted.name());
        long position = Answers.accepted(dispatcher.dispatch(caller.envelope(command)), field -> field);
        return Answers.created("/api/v1/organizations/" + id, shown(id, wanted.slug(), wanted.name()), position);
    }

    @PutMapping("/{organization}")
    ResponseEntity<Object> rename(Caller caller, @PathVariable String organization, HttpServletRequest request) {
        Places.Organization found = places.organization(caller, organization);
        String name = Body.read(request, (fields, violations) -> fields.text("name"));
        var command = new OrganizationCommand.RenameOrganization(found.id(), name);
        long position = Answers.accepted(dispatcher.dispatch(caller.envelope(command)), field -> field);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", found.id().toString());
        body.put("name", name);
        return Answers.answer(HttpStatus.OK, body, position);
    }

    private static Map<String, Object> shown(OrganizationId id, String slug, String name) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id.toString());
        body.put("slug", slug);
        body.put("name", name);
        return body;
    }
}
