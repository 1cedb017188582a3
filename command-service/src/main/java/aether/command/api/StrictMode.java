package aether.command.api;

import aether.command.strict.ActionClass;
import aether.command.strict.Attempt;
import aether.command.strict.EntryProofs;
import aether.command.strict.FirstTries;
import aether.command.strict.StrictSettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Holds answers of the chosen classes back until what they answer for is sealed. */
final class StrictMode {

    /** The proof in base64; see {@link #LOCATION} for one that does not fit. */
    static final String PROOF = "Aether-Proof";

    /** Where the proof can be fetched, now or later. */
    static final String LOCATION = "Aether-Proof-Location";

    /** Servers and proxies take 8 KiB of headers; a usual proof has less than 5. */
    private static final int MAX_HEADER = 6_144;

    private static final String RETRY_AFTER_SECONDS = "1";

    private final EntryProofs proofs;

    private final StrictSettings settings;

    private final FirstTries firstTries;

    StrictMode(EntryProofs proofs, StrictSettings settings, FirstTries firstTries) {
        this.proofs = proofs;
        this.settings = settings;
        this.firstTries = firstTries;
    }

    /**
     * The answer with its proof; when that is not ready in time, one that says what was done and where the proof will
     * be, without anything else of the answer. A request that changed nothing has no entry: its position is the log's
     * newest, which may be another customer's, so that it is waited for and not shown. Did it change nothing because it
     * was sent before, it has the proof of what it left then.
     */
    ResponseEntity<Object> settle(Caller caller, ActionClass action, long position, ResponseEntity<Object> answer) {
        if (!settings.classes().contains(action)) {
            return answer;
        }
        Attempt attempt = caller.attempt();
        if (firstTries.isOf(attempt, position)) {
            return settle(position, true, answer);
        }
        OptionalLong before = firstTries.lastEntry(attempt);
        return settle(before.orElse(position), before.isPresent(), answer);
    }

    private ResponseEntity<Object> settle(long position, boolean entered, ResponseEntity<Object> answer) {
        Optional<String> proof = proofs.await(position, settings.timeLimit());
        if (proof.isEmpty()) {
            return pending(position, entered);
        }
        if (!entered) {
            return answer;
        }
        String header = Base64.getEncoder().encodeToString(proof.get().getBytes(StandardCharsets.UTF_8));
        ResponseEntity.BodyBuilder proven = ResponseEntity.status(answer.getStatusCode())
                .headers(headers -> headers.addAll(answer.getHeaders()))
                .header(LOCATION, location(position));
        if (header.length() <= MAX_HEADER) {
            proven.header(PROOF, header);
        }
        return proven.body(answer.getBody());
    }

    private ResponseEntity<Object> pending(long position, boolean entered) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("accepted", true);
        if (!entered) {
            body.put("proof", "");
            body.put(
                    "message",
                    "Expected what this rests on to be sealed within " + settings.timeLimit()
                            + ", but it is not yet. This request changed nothing; ask again shortly.");
            return later().body(body);
        }
        body.put("position", Long.toString(position));
        body.put("proof", location(position));
        body.put(
                "message",
                "Expected the entry of this to be sealed within " + settings.timeLimit()
                        + ", but it is not yet. The command has been accepted and is in the log; do not send it again."
                        + " Its proof will be at " + location(position) + ".");
        return later().header(Answers.POSITION, Long.toString(position))
                .header(LOCATION, location(position))
                .body(body);
    }

    private static ResponseEntity.BodyBuilder later() {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Retry-After", RETRY_AFTER_SECONDS);
    }

    static String location(long position) {
        return "/api/v1/audit/proofs/" + position;
    }
}
