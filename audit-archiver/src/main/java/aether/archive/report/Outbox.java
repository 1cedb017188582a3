package aether.archive.report;

import aether.archive.store.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports on their way, each a file that stays until the log has it: written before it is sent, removed after it was
 * accepted. A crash in between sends it again under its id.
 */
final class Outbox {

    /** A year of daily verdicts and what else may come while the command service is away. */
    static final int MAX_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SUFFIX = ".json";
    private static final String REFUSED = ".refused";

    private final Path directory;

    Outbox(Path directory) {
        this.directory = directory;
    }

    /** Keeps a report; when it returns, it survives a crash. One that waits already stays as it is. */
    synchronized void add(Report report) throws IOException {
        DurableFiles.createDirectories(directory);
        List<Path> waiting = waiting();
        if (waiting.stream()
                .anyMatch(file -> file.toString().contains(report.id().toString()))) {
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            throw new IOException("Expected at most " + MAX_WAITING + " reports to wait in " + directory
                    + ", but there are as many already.");
        }
        long next = waiting.isEmpty() ? 0 : number(waiting.getLast()) + 1;
        String name = String.format(Locale.ROOT, "%020d-%s%s", next, report.id(), SUFFIX);
        String text = JSON.writeValueAsString(JSON.createObjectNode()
                .put("id", report.id().toString())
                .put("type", report.type())
                .put("command", report.command()));
        Path written = directory.resolve(name + ".new");
        Files.deleteIfExists(written); // a crash may have left half of one
        DurableFiles.write(
                written, text.getBytes(StandardCharsets.UTF_8), PosixFilePermissions.fromString("rw-r--r--"));
        DurableFiles.replace(written, directory.resolve(name));
    }

    /**
     * Sends what waits, the oldest first.
     *
     * @throws IOException when one could not be sent; it and all later ones stay
     */
    void flush(CommandService service) throws IOException {
        for (Path file : waiting()) {
            Report report = read(file);
            try {
                service.send(report);
                Files.delete(file);
            } catch (RefusedReport e) {
                LOG.error("The command service refuses {}, which is kept as {}: {}", report, file, e.getMessage());
                DurableFiles.replace(file, file.resolveSibling(file.getFileName() + REFUSED));
            }
        }
    }

    /** How many wait. */
    int size() throws IOException {
        return waiting().size();
    }

    private synchronized List<Path> waiting() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('-')));
    }

    private static Report read(Path file) throws IOException {
        JsonNode kept = JSON.readTree(Files.readAllBytes(file));
        return new Report(
                UUID.fromString(kept.required("id").asString()),
                kept.required("type").asString(),
                kept.required("command").asString());
    }
}
