package aether.command.api;

import aether.command.access.Identity;
import aether.command.manifest.Applied;
import aether.command.manifest.Manifests;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes manifests. */
@RestController
@RequestMapping("/api/v1/manifests")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class ManifestController {

    private final Manifests manifests;

    ManifestController(Manifests manifests) {
        this.manifests = manifests;
    }

    @PostMapping
    ResponseEntity<Object> apply(Caller caller, HttpServletRequest request) {
        boolean json = Body.isJson(request);
        byte[] manifest = Body.bytes(request);
        UUID correlation = caller.correlationId(manifest);
        Applied applied = manifests.apply(
                manifest, json, caller.identity().organization(), caller.context(null, correlation), caller::commandId);
        caller.sent().under(correlation);
        caller.sent().into(applied.streams());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("items", applied.items().stream().map(ManifestController::item).toList());
        body.put("position", Long.toString(applied.position()));
        return Answers.answer(HttpStatus.OK, body, applied.position());
    }

    private static Map<String, Object> item(Applied.Item item) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("kind", item.kind());
        shown.put("name", item.name());
        shown.put("id", item.id());
        shown.put("outcome", item.outcome());
        return shown;
    }
}
