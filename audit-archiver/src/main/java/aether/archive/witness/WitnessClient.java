package aether.archive.witness;

import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Asks a witness over HTTP (C2SP tlog-witness) for its cosignature; any witness that speaks it will do. */
public final class WitnessClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;

    /** A line of each kind of key and a sentence are a few kilobytes. */
    private static final int MAX_ANSWER_BYTES = 1 << 16;

    /** The first try guesses where the witness is; its answer says it, and it may have moved once more since. */
    private static final int TRIES = 3;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI addCheckpoint;
    private final CosignerKey key;
    private volatile long believed;

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
        return switch (ask(note, size, proofs)) {
            case WitnessAnswer.Cosigned cosigned -> cosigned.line();
            case WitnessAnswer.OtherSize other ->
                throw new IOException("Expected the witness " + key.name() + " to have followed at most " + size
                        + " entries, but it has seen " + other.size() + ".");
            case WitnessAnswer.Refused refused -> throw new IOException(refused.sentence());
        };
    }

    /**
     * Asks for a cosignature.
     *
     * @param proofs over the tree of the checkpoint or a longer one
     * @return the line, checked, with its line end; or the size of the witness, when it has seen more than this
     *     checkpoint; or why it will not, with status 200 when what came is no cosignature of its key
     * @throws IOException when the witness does not answer, or says that it cannot now
     */
    public WitnessAnswer ask(SignedNote note, long size, Consistency proofs) throws IOException, InterruptedException {
        Answer answer = new Answer(0, "");
        long said = -1;
        for (int i = 0; i < TRIES; i++) {
            List<Hash> proof = believed == 0 ? List.of() : proofs.between(believed, size);
            answer = post(new AddCheckpoint(believed, proof, note).format());
            if (answer.status() == OK) {
                return judge(note, size, answer.body());
            }
            if (answer.status() != CONFLICT || !answer.body().strip().matches("0|[1-9]\\d{0,17}")) {
                break;
            }
            long other = Long.parseLong(answer.body().strip());
            said = other;
            if (other == believed) {
                break; // it is where we thought, and does not want this tree
            }
            believed = other;
            if (other > size) {
                believed = 0; // it may be mistaken: what it says is asked again each time
                return new WitnessAnswer.OtherSize(other);
            }
        }
        String refusal = "Expected the witness " + key.name() + " at " + addCheckpoint + " to cosign, but it answered "
                + answer.status() + " " + answer.body().strip() + ".";
        if (answer.status() >= FAILED || answer.status() == TOO_MANY) {
            throw new IOException(refusal);
        }
        believed = 0;
        return new WitnessAnswer.Refused(answer.status(), refusal, answer.status() == CONFLICT ? said : -1);
    }

    /** Withdraws what was asked. */
    public void close() {
        http.shutdownNow();
    }

    private record Answer(int status, String body) {}

    private Answer post(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(addCheckpoint)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES + 1);
                if (bytes.length > MAX_ANSWER_BYTES) {
                    throw new IOException("more than " + MAX_ANSWER_BYTES + " bytes");
                }
                return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IOException(
                    "Expected the witness " + key.name() + " at " + addCheckpoint + " to answer, but it does not: "
                            + e.getClass().getSimpleName() + ".",
                    e);
        }
    }

    private WitnessAnswer judge(SignedNote note, long size, String lines) {
        SignedNote cosigned;
        try {
            cosigned = note.with(lines);
        } catch (IllegalArgumentException e) {
            return new WitnessAnswer.Refused(
                    OK, "Expected signature lines of " + key.name() + ", but got others. " + e.getMessage());
        }
        if (key.cosigned(cosigned).isEmpty()) {
            return new WitnessAnswer.Refused(
                    OK, "Expected a cosignature of " + key.vkey() + ", but what came is not signed with that key.");
        }
        believed = size;
        return new WitnessAnswer.Cosigned(SignedNote.formatLines(cosigned.of(key)));
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
