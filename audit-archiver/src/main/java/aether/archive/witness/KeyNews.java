package aether.archive.witness;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.keys.KeyStatement;
import aether.archive.log.CosignerKey;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import aether.archive.read.ArchiveReader;
import aether.archive.read.TileCache;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells a witness over HTTP how the log's key has changed, after it has cosigned each key's last checkpoint. */
public final class KeyNews {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int CONFLICT = 409;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI submission;
    private final CosignerKey key;

    /**
     * News for a witness.
     *
     * @param submission the prefix of its address
     * @param key what its signatures are checked with
     */
    public KeyNews(URI submission, CosignerKey key) {
        this.submission = submission;
        this.key = key;
    }

    /**
     * Brings all statements of an archive.
     *
     * @throws IOException when the witness does not answer or refuses; its sentence is in the message
     * @throws IllegalStateException when there is something wrong with the archive's keys
     */
    public void bring(ArchiveReader archive) throws IOException, InterruptedException {
        for (KeyStatement statement : changes(ArchivedKeys.require(archive, null))) {
            byte[] bytes = require(archive, statement.object());
            HttpResponse<String> answer = post(bytes);
            if (answer.statusCode() == CONFLICT) { // it waits for what the old key has signed last
                String sealed = String.format(Locale.ROOT, "checkpoints/%020d", statement.size());
                SignedNote note = SignedNote.parse(new String(require(archive, sealed), StandardCharsets.UTF_8));
                String unused = new WitnessClient(submission, key)
                        .line(
                                note,
                                statement.size(),
                                WitnessClient.Consistency.of(
                                        new ProofBuilder(new TileCache(archive), statement.size())));
                answer = post(bytes);
            }
            if (answer.statusCode() != OK) {
                throw new IOException("Expected the witness " + key.name() + " to follow the log to its key "
                        + statement.to().vkey() + ", but it answered " + answer.statusCode() + " "
                        + answer.body().strip()
                        + ". A witness that knows no key statements is told the new key by whoever runs it.");
            }
        }
    }

    /** Those of the newest epoch: a witness knows each epoch as a log of its own. */
    private static List<KeyStatement> changes(KeyChain keys) {
        return keys.statements().stream()
                .filter(statement -> statement.origin().equals(keys.origin()))
                .toList();
    }

    private HttpResponse<String> post(byte[] statement) throws IOException, InterruptedException {
        String prefix = submission.toString();
        URI address = URI.create(
                (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + WitnessServer.ADD_KEY);
        return http.send(
                HttpRequest.newBuilder(address)
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(statement))
                        .build(),
                BodyHandlers.ofString());
    }

    private static byte[] require(ArchiveReader archive, String object) throws IOException {
        return archive.read(object)
                .orElseThrow(() -> new IllegalStateException("Expected " + object + ", but it is missing."));
    }
}
