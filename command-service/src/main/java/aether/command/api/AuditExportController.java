package aether.command.api;

import aether.command.access.Identity;
import aether.command.exports.ArchivedExport;
import aether.command.exports.AuditExports;
import aether.command.exports.ExportOrder;
import aether.command.exports.ExportTrail;
import aether.command.request.RequestRefused;
import aether.command.strict.ActionClass;
import aether.domain.archive.AccessReason;
import aether.domain.kernel.NameBasedId;
import aether.domain.privacy.SubjectDecider;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders of exports of an organization's own trail, says how far they are, and hands them out. */
@RestController
@RequestMapping("/api/v1/organizations/{organization}/audit-exports")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class AuditExportController {

    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    private final AuditExports exports;

    private final ExportTrail trail;

    private final Places places;

    private final StrictMode strict;

    AuditExportController(AuditExports exports, ExportTrail trail, Places places, StrictMode strict) {
        this.exports = exports;
        this.trail = trail;
        this.places = places;
        this.strict = strict;
    }

    private record Asked(ExportForm form, AccessReason reason, String reference) {}

    @PostMapping
    ResponseEntity<Object> order(Caller caller, @PathVariable String organization, HttpServletRequest request) {
        Places.Organization whose = places.organization(caller, organization);
        Asked asked = Body.read(request, (fields, violations) -> {
            ExportForm form = ExportForm.read(fields, violations);
            AccessReason reason = fields.word("reason", AccessReason.values());
            String reference = fields.optionalText("reference").orElse("");
            if (!SubjectDecider.isReferenceOrNothing(reference)) {
                violations.broken(
                        fields.path("reference"),
                        "invalid_reference",
                        "Expected the number of a case, such as case-17, but got other text.");
            }
            return new Asked(form, reason, reference);
        });
        String cluster = asked.form().cluster();
        ExportOrder order = asked.form()
                .order(
                        whose.id(),
                        cluster == null
                                ? null
                                : places.cluster(caller, organization, cluster).id());
        UUID id = caller.idempotencyKey()
                .map(key -> NameBasedId.of("audit-export", caller.commandKey(), key, order, asked.reason()))
                .orElseGet(caller.newIds());
        // Asked first, so that nothing is noted that nobody can take; noted before the order, so that none is unknown.
        List<ArchivedExport> unused = exports.of(whose.id());
        caller.sent().command(ExportTrail.ordering(id));
        long position = trail.ordered(caller.context(), id, order, asked.reason(), asked.reference());
        ArchivedExport taken = exports.ask(id, order);
        return strict.settle(
                caller,
                ActionClass.AUDIT_ACCESS,
                position,
                ResponseEntity.accepted()
                        .location(URI.create("/api/v1/organizations/" + whose.id() + "/audit-exports/" + id))
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(Answers.POSITION, Long.toString(position))
                        .body(taken.shown()));
    }

    @GetMapping
    ResponseEntity<Object> list(Caller caller, @PathVariable String organization) {
        Places.Organization whose = places.organization(caller, organization);
        List<Object> items = exports.of(whose.id()).stream()
                .<Object>map(ArchivedExport::shown)
                .toList();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(Map.of("items", items));
    }

    @GetMapping("/{export}")
    ResponseEntity<Object> show(Caller caller, @PathVariable String organization, @PathVariable String export) {
        Places.Organization whose = places.organization(caller, organization);
        UUID id = id(export);
        ArchivedExport found = exports.find(whose.id(), id);
        trail.seen(caller.context(), id, found);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(found.shown());
    }

    @GetMapping("/{export}/download")
    ResponseEntity<Object> fetch(Caller caller, @PathVariable String organization, @PathVariable String export) {
        Places.Organization whose = places.organization(caller, organization);
        UUID id = id(export);
        ArchivedExport found = exports.find(whose.id(), id);
        AuditExports.Download file = exports.fetch(whose.id(), id);
        boolean leaves = false;
        try {
            trail.seen(caller.context(), id, found);
            long position = trail.fetched(caller.context(), id, found);
            ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                    .contentType(ZIP)
                    .cacheControl(CacheControl.noStore())
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-export-" + id + ".zip\"")
                    .header("Aether-Content-Sha256", found.sha256());
            if (file.length() >= 0) {
                answer.contentLength(file.length());
            }
            InputStreamResource bytes = new InputStreamResource(file.bytes());
            ResponseEntity<Object> settled =
                    strict.settle(caller, ActionClass.AUDIT_ACCESS, position, answer.body(bytes));
            leaves = settled.getBody() instanceof InputStreamResource;
            return settled;
        } finally {
            if (!leaves) {
                close(file);
            }
        }
    }

    @DeleteMapping("/{export}")
    ResponseEntity<Object> remove(Caller caller, @PathVariable String organization, @PathVariable String export) {
        Places.Organization whose = places.organization(caller, organization);
        exports.remove(whose.id(), id(export));
        return ResponseEntity.noContent().build();
    }

    private static void close(AuditExports.Download file) {
        try {
            file.bytes().close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static UUID id(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw unknown(); // no id is no export
        }
        throw unknown();
    }

    private static RequestRefused unknown() {
        return new RequestRefused(404, "export_unknown", "Expected an export of this organization, but there is none.");
    }
}
