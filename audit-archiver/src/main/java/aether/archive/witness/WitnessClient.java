package aether.archive.witness;

import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Asks a witness over HTTP (C2SP tlog-witness) for its cosignature; any witness that speaks it will do. */
public final class WitnessClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int CONFLICT = 409;

    /** The first try guesses where the witness is; its answer says it, and it may have moved once more since. */
    private static final int TRIES = 3;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI addCheckpoint;
    private final CosignerKey key;
    private long believed;

    /**
     * A witness.
     *
     * @param submission the prefix of its address; {@code add-checkpoint} is added
     * @param key what its signatures are checked with
     */
    public WitnessClient(URI submission, CosignerKey key) {
        String prefix = submission.toString();
        this.addCheckpoint = URI.create(prefix + (prefix.endsWith("/") ? "" : "/") + "add-checkpoint");
        this.key = key;
    }

    /**
     * Gets a checkpoint cosigned.
     *
     * @param proofs over the tree of the checkpoint or a longer one
     * @return the witness's signature line, checked, with its line end
     * @throws IOException when the witness does not answer or refuses; its sentence is in the message
     */
    public String line(SignedNote note, long size, Consistency proofs) throws IOException, InterruptedException {
        String refusal = "";
        for (int i = 0; i < TRIES; i++) {
            if (believed > size) {
                throw new IOException("Expected the witness " + key.name() + " to have followed at most " + size
                        + " entries, but it has seen " + believed + ".");
            }
            List<Hash> proof = believed == 0 ? List.of() : proofs.between(believed, size);
            HttpResponse<String> answer = post(new AddCheckpoint(believed, proof, note).format());
            if (answer.statusCode() == OK) {
                return accepted(note, size, answer.body());
            }
            refusal = answer.statusCode() + " " + answer.body().strip();
            if (answer.statusCode() != CONFLICT || !answer.body().strip().matches("\\d{1,18}")) {
                break;
            }
            believed = Long.parseLong(answer.body().strip());
        }
        throw new IOException("Expected the witness " + key.name() + " at " + addCheckpoint
                + " to cosign, but it answered " + refusal + ".");
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        try {
            return http.send(
                    HttpRequest.newBuilder(addCheckpoint)
                            .timeout(PATIENCE)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException(
                    "Expected the witness " + key.name() + " at " + addCheckpoint + " to answer, but it does not: "
                            + e.getClass().getSimpleName() + ".",
                    e);
        }
    }

    private String accepted(SignedNote note, long size, String lines) throws IOException {
        SignedNote cosigned;
        try {
            cosigned = note.with(lines);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "Expected signature lines of " + key.name() + ", but got others. " + e.getMessage(), e);
        }
        if (key.cosigned(cosigned).isEmpty()) {
            throw new IOException(
                    "Expected a cosignature of " + key.vkey() + ", but what came is not signed with that key.");
        }
        believed = size;
        return lines;
    }

    /** Proves that the log only grew. */
    @FunctionalInterface
    public interface Consistency {

        /** The hashes that show that the tree of {@code from} entries is the beginning of that of {@code to}. */
        List<Hash> between(long from, long to) throws IOException;

        /** Those that a tree's tiles give. */
        static Consistency of(ProofBuilder proofs) {
            return (from, to) ->
                    from == to ? List.of() : proofs.consistency(from).hashes();
        }
    }
}
