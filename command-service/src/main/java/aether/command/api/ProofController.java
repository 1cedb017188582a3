package aether.command.api;

import aether.command.access.Identity;
import aether.command.request.RequestRefused;
import aether.command.strict.EntryProofs;
import aether.format.EventCodec;
import aether.format.StoredEvent;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands out the proof of one event: to the platform of any, to a customer of its own. */
@RestController
@RequestMapping("/api/v1/audit/proofs")
@Audience({Identity.Kind.PLATFORM, Identity.Kind.ORGANIZATION})
final class ProofController {

    private static final Duration WAIT = Duration.ofSeconds(5);

    private final EntryProofs proofs;

    private final Places places;

    private final EventCodec codec;

    ProofController(EntryProofs proofs, Places places, EventCodec codec) {
        this.proofs = proofs;
        this.places = places;
        this.codec = codec;
    }

    @GetMapping("/{position}")
    ResponseEntity<Object> read(Caller caller, @PathVariable String position) {
        if (!position.matches("0|[1-9]\\d{0,17}")) {
            throw new RequestRefused(400, "malformed_request", "Expected a position, but got other text.");
        }
        long wanted = Long.parseLong(position);
        if (proofs.event(wanted).filter(event -> isFor(caller, event)).isEmpty()) {
            throw new RequestRefused(
                    404, "event_unknown", "Expected an event at position " + position + ", but there is none for you.");
        }
        String proof = proofs.await(wanted, WAIT)
                .orElseThrow(() -> new RequestRefused(
                        404,
                        "proof_not_ready",
                        "Expected event " + position + " to be sealed, but it is not yet; ask again shortly."));
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header("Content-Disposition", "attachment; filename=\"event-" + position + ".tlog-proof\"")
                .body(proof);
    }

    private boolean isFor(Caller caller, StoredEvent event) {
        String slug = caller.identity().slug();
        if (slug == null) {
            return true;
        }
        String whose = codec.decodeMetadata(event.metadata()).organization();
        return whose != null
                && whose.equals(places.organization(caller, slug).id().toString());
    }
}
