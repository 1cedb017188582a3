package aether.standalone.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Remembers for a little while where the last command was recorded, so that the next query shows what it did. */
final class PositionMemory {

    /** After this the views have it anyway; a server whose data was thrown away must not be waited for. */
    private static final Duration USEFUL = Duration.ofMinutes(1);

    private final Path file;
    private final InstantSource clock;

    PositionMemory(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    Optional<String> of(String server) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() == 3
                    && lines.getFirst().equals(server)
                    && clock.instant().isBefore(Instant.parse(lines.get(2)).plus(USEFUL))) {
                return Optional.of(lines.get(1));
            }
        } catch (IOException | DateTimeParseException e) {
            return Optional.empty(); // nothing is remembered, which only costs freshness
        }
        return Optional.empty();
    }

    void remember(String server, String position) {
        try {
            ContextFile.OwnFile.write(
                    file, String.join("\n", server, position, clock.instant().toString()) + "\n");
        } catch (UncheckedIOException e) {
            forget(); // a memory that cannot be kept is no reason to fail
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
