package aether.command.strict;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Archivers over HTTP: the active one knows, those that stand by say so at once. */
public final class HttpProofSource implements ProofSource {

    private static final Logger LOG = LoggerFactory.getLogger(HttpProofSource.class);

    private static final Duration CONNECT_BOUND = Duration.ofSeconds(1);

    /** One of them may die while it is asked; then the next one is. */
    private static final Duration ONE_ANSWER = Duration.ofSeconds(2);

    /** Between two rounds in which nobody had it. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_BOUND).build();

    private final List<URI> archivers;

    private final LongSupplier nanoTime;

    /**
     * A source.
     *
     * @param archivers their addresses, without a slash at the end
     * @param nanoTime a clock that only runs forward
     */
    public HttpProofSource(List<URI> archivers, LongSupplier nanoTime) {
        this.archivers = List.copyOf(archivers);
        this.nanoTime = nanoTime;
    }

    @Override
    public Optional<String> await(long position, Duration limit) {
        long end = nanoTime.getAsLong() + limit.toNanos();
        try {
            while (true) {
                for (URI archiver : archivers) {
                    Optional<String> proof = ask(archiver, position, end - nanoTime.getAsLong());
                    if (proof.isPresent()) {
                        return proof;
                    }
                }
                if (end - nanoTime.getAsLong() <= PAUSE.toNanos()) {
                    return Optional.empty();
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<String> ask(URI archiver, long position, long leftNanos) throws InterruptedException {
        if (leftNanos <= 0) {
            return Optional.empty();
        }
        long millis = Math.max(1, Math.min(ONE_ANSWER.toNanos(), leftNanos) / 1_000_000);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(archiver + "/proof?position=" + position + "&wait_ms=" + millis))
                .timeout(Duration.ofMillis(millis).plus(CONNECT_BOUND))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("No proof of {} from {}: {}", position, archiver, e.getMessage());
            return Optional.empty();
        }
    }
}
