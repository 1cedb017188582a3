package aether.archive.cosign;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import aether.archive.seal.SeenCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What witnesses show of a log (C2SP tlog-witness, {@code GET /<hex SHA-256 of the origin>/checkpoint}). Only what the
 * log's own key has signed counts: a witness's word alone stops nobody, and one that is away neither.
 */
public final class SeenByWitnesses {

    /** The head is held meanwhile, and the other archivers wait for a sign of life within their lease. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int OK = 200;

    /** A checkpoint with the lines of many witnesses is smaller. */
    private static final int MAX_ANSWER_BYTES = 1 << 16;

    private static final Logger LOG = LoggerFactory.getLogger(SeenByWitnesses.class);

    private SeenByWitnesses() {}

    /** Asks all of them at once; whoever has nothing to show within a few seconds is passed by. */
    public static List<SeenCheckpoint> ask(CosignSettings settings, KeyChain keys) {
        List<SeenCheckpoint> seen = new ArrayList<>();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            List<Future<Optional<SeenCheckpoint>>> asked = settings.witnesses().stream()
                    .map(witness -> threads.submit(() -> ask(http, witness, keys)))
                    .toList();
            for (int i = 0; i < asked.size(); i++) {
                String name = settings.witnesses().get(i).name();
                try {
                    asked.get(i)
                            .get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                            .ifPresent(seen::add);
                } catch (ExecutionException | TimeoutException e) {
                    LOG.warn("The witness {} does not show what it has seen of the log: {}", name, e.toString());
                }
            }
            threads.shutdownNow();
            http.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return seen;
    }

    /** What one witness shows, if the log's key has signed it. */
    static Optional<SeenCheckpoint> ask(HttpClient http, WitnessAddress witness, KeyChain keys)
            throws IOException, InterruptedException {
        String prefix = witness.submission().toString();
        URI shown = URI.create(prefix + (prefix.endsWith("/") ? "" : "/")
                + Hash.sha256(keys.origin().getBytes(UTF_8)).hex() + "/checkpoint");
        HttpResponse<InputStream> answer =
                http.send(HttpRequest.newBuilder(shown).timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES);
            return answer.statusCode() == OK ? read(witness, new String(bytes, UTF_8), keys) : Optional.empty();
        }
    }

    private static Optional<SeenCheckpoint> read(WitnessAddress witness, String text, KeyChain keys) {
        try {
            SeenCheckpoint seen = SeenCheckpoint.parse("the witness " + witness.name(), text);
            SignedNote note = seen.note();
            Checkpoint checkpoint = seen.checkpoint();
            return keys.signer(note, checkpoint).isPresent() ? Optional.of(seen) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // whatever it is, nobody has signed it
        }
    }
}
