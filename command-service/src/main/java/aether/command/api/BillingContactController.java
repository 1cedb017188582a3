package aether.command.api;

import aether.command.access.Identity;
import aether.command.dispatch.CommandDispatcher;
import aether.command.privacy.PersonalSeam;
import aether.command.privacy.Pseudonyms;
import aether.command.privacy.SealedField;
import aether.command.privacy.SubjectKey;
import aether.command.privacy.SubjectKeys;
import aether.command.request.RequestRefused;
import aether.command.streams.Streams;
import aether.domain.kernel.Personal;
import aether.domain.organization.OrganizationCommand;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whom to write to about money: a person, so the address is read here, where the keys are, and stands in no view. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/billing-contact")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class BillingContactController {

    private final CommandDispatcher dispatcher;

    private final Places places;

    private final Streams streams;

    private final SubjectKeys keys;

    BillingContactController(CommandDispatcher dispatcher, Places places, Streams streams, SubjectKeys keys) {
        this.dispatcher = dispatcher;
        this.places = places;
        this.streams = streams;
        this.keys = keys;
    }

    @GetMapping
    ResponseEntity<Object> read(Caller caller, @PathVariable String organization) {
        Places.Organization found = places.organization(caller, organization);
        Streams.StoredContact contact = streams.billingContact(found.id())
                .orElseThrow(() -> new RequestRefused(
                        404, "contact_unknown", "Expected a billing contact, but the organization has none."));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(Map.of("email", shown(contact)));
    }

    @PutMapping
    ResponseEntity<Object> set(Caller caller, @PathVariable String organization, HttpServletRequest request) {
        Places.Organization found = places.organization(caller, organization);
        String email = Body.read(request, (fields, violations) -> fields.text("email"));
        return changed(caller, new OrganizationCommand.SetBillingContact(found.id(), new Personal.Plain(email)));
    }

    @DeleteMapping
    ResponseEntity<Object> remove(Caller caller, @PathVariable String organization) {
        Places.Organization found = places.organization(caller, organization);
        return changed(caller, new OrganizationCommand.RemoveBillingContact(found.id()));
    }

    private ResponseEntity<Object> changed(Caller caller, OrganizationCommand command) {
        long position = Answers.accepted(dispatcher.dispatch(caller.envelope(command)), field -> field);
        return Answers.answer(
                HttpStatus.OK, Map.of("org_id", command.organizationId().toString()), position);
    }

    private String shown(Streams.StoredContact contact) {
        return switch (contact.email()) {
            case Personal.Plain plain -> plain.text();
            case Personal.Sealed closed ->
                keys.ofSubject(SubjectKey.subjectOf(closed.keyId()))
                        .flatMap(key -> SealedField.of(closed).open(key, contact.eventId(), PersonalSeam.EMAIL_POINTER))
                        .orElse(Pseudonyms.FORGOTTEN);
        };
    }
}
