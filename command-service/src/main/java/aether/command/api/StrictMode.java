package aether.command.api;

import aether.command.strict.ActionClass;
import aether.command.strict.EntryProofs;
import aether.command.strict.StrictSettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    StrictMode(EntryProofs proofs, StrictSettings settings) {
        this.proofs = proofs;
        this.settings = settings;
    }

    /**
     * The answer with its proof; when that is not ready in time, one that says what was done and where the proof will
     * be, without anything else of the answer.
     */
    ResponseEntity<Object> settle(ActionClass action, long position, ResponseEntity<Object> answer) {
        if (!settings.classes().contains(action)) {
            return answer;
        }
        Optional<String> proof = proofs.await(position, settings.timeLimit());
        if (proof.isEmpty()) {
            return pending(position);
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

    private ResponseEntity<Object> pending(long position) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("accepted", true);
        body.put("position", Long.toString(position));
        body.put("proof", location(position));
        body.put(
                "message",
                "Expected the entry of this to be sealed within " + settings.timeLimit()
                        + ", but it is not yet. The command has been accepted and is in the log; do not send it again."
                        + " Its proof will be at " + location(position) + ".");
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .contentType(MediaType.APPLICATION_JSON)
                .header(Answers.POSITION, Long.toString(position))
                .header(LOCATION, location(position))
                .header("Retry-After", RETRY_AFTER_SECONDS)
                .body(body);
    }

    static String location(long position) {
        return "/api/v1/audit/proofs/" + position;
    }
}
