package aether.standalone.cli;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the proofs that answers of strict mode bring along, each as {@code event-POSITION.tlog-proof}. */
final class ProofFolder {

    private static final Pattern LOCATION = Pattern.compile("/api/v1/audit/proofs/(\\d{1,19})");

    private final Path directory;

    ProofFolder(Path directory) {
        this.directory = directory;
    }

    /**
     * Keeps the proof of an answer, if there is one.
     *
     * @param fetch gets what did not fit into a header, or was not ready, from where the answer says
     */
    void keep(HttpHeaders answer, UnaryOperator<String> fetch) {
        Matcher location =
                LOCATION.matcher(answer.firstValue("Aether-Proof-Location").orElse(""));
        if (!location.matches()) {
            return; // not an action that is answered for with a proof
        }
        String proof = answer.firstValue("Aether-Proof")
                .map(header -> new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8))
                .orElseGet(() -> fetch.apply(location.group()));
        Path file = directory.resolve("event-" + location.group(1) + ".tlog-proof");
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(directory);
            Files.writeString(unfinished, proof);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw CliFailure.failed("Expected to keep the proof in %s, but could not: %s (%s). What was asked is done."
                    .formatted(file, e.getMessage(), e.getClass().getSimpleName()));
        }
    }
}
