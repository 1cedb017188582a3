package aether.archive.stamp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Time-stamping authorities over HTTP (RFC 3161, section 3.4). */
final class HttpAuthorities implements TimestampAuthorities {

    /** A handshake with the other side of the world takes a second. */
    private static final Duration CONNECT_BOUND = Duration.ofSeconds(5);

    /** A token with a long chain of certificates has 10 KiB; whoever sends much more is no authority. */
    private static final int MAX_ANSWER_BYTES = 1 << 16;

    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // what every authority speaks, without an offer to upgrade
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_BOUND)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Override
    public Future<byte[]> ask(URI authority, byte[] question) {
        return threads.submit(() -> exchange(authority, question));
    }

    private byte[] exchange(URI authority, byte[] question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(authority)
                .timeout(Stamper.ANSWER_BOUND)
                .header("Content-Type", "application/timestamp-query")
                .header("Accept", "application/timestamp-reply")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                .build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != OK) {
                throw new IOException("Expected 200, but got " + response.statusCode() + ".");
            }
            byte[] answer = body.readNBytes(MAX_ANSWER_BYTES + 1);
            if (answer.length > MAX_ANSWER_BYTES) {
                throw new IOException("Expected at most " + MAX_ANSWER_BYTES + " bytes, but got more.");
            }
            return answer;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow(); // an answer that is still on its way is asked for again by the next process
        client.shutdownNow();
    }
}
