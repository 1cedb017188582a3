package aether.command.api;

import aether.command.access.Identity;
import aether.command.access.Principal;
import aether.command.privacy.Pseudonyms;
import aether.command.privacy.SubjectKey;
import aether.command.privacy.SubjectKeys;
import aether.command.request.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says whose pseudonyms they are, to those who may know: an administrator everybody's, a customer those of its own
 * tokens. Names are asked for here at the moment of reading and kept nowhere else, so that forgetting needs one place.
 */
@RestController
@RequestMapping("/api/v1/privacy/names")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class NameController {

    /** A page of a timeline. */
    private static final int MOST = 100;

    private static final Pattern PSEUDONYM = Pattern.compile("p/[A-Za-z0-9_-]{22}");

    private final SubjectKeys keys;

    NameController(SubjectKeys keys) {
        this.keys = keys;
    }

    @PostMapping
    ResponseEntity<Object> names(Caller caller, HttpServletRequest request) {
        List<String> asked = Body.read(request, (fields, violations) -> fields.texts("pseudonyms"));
        if (asked.size() > MOST) {
            throw new RequestRefused(
                    422, "too_many", "Expected at most " + MOST + " pseudonyms, but got " + asked.size() + ".");
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String pseudonym : asked) {
            if (PSEUDONYM.matcher(pseudonym).matches()) {
                Optional<SubjectKey> key = keys.withPseudonym(pseudonym);
                if (key.isEmpty()) {
                    names.put(pseudonym, Pseudonyms.FORGOTTEN);
                } else if (mayKnow(caller.identity(), key.get().principal())) {
                    names.put(pseudonym, key.get().principal().name());
                }
            }
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(Map.of("names", names));
    }

    private static boolean mayKnow(Identity asking, Principal principal) {
        return asking.kind() == Identity.Kind.PLATFORM
                || (principal.kind() == Principal.Kind.USER
                        && asking.organization().equals(Optional.of(principal.scope())));
    }
}
