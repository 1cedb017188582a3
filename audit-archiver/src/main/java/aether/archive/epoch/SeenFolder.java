package aether.archive.epoch;

import aether.archive.seal.SeenCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory beside the log's key into which an operator puts checkpoints and proofs of the log that somebody has: the
 * log is not gone on with below any of them.
 */
public final class SeenFolder {

    /** Each is read at every opening; who has more than this keeps the newest. */
    private static final int MAX_FILES = 1_000;

    private SeenFolder() {}

    /** Where it is; it need not be there. */
    public static Path beside(Path keyFile) {
        return keyFile.resolveSibling("seen");
    }

    /**
     * Reads what lies in it.
     *
     * @throws IllegalStateException when a file is neither a checkpoint nor a proof
     */
    public static List<SeenCheckpoint> read(Path keyFile) throws IOException {
        Path folder = beside(keyFile);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile)
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
        }
        if (files.size() > MAX_FILES) {
            throw new IllegalStateException(
                    "Expected at most " + MAX_FILES + " files in " + folder + ", but there are more.");
        }
        List<SeenCheckpoint> seen = new ArrayList<>();
        for (Path file : files) {
            try {
                seen.add(SeenCheckpoint.parse(file.toString(), Files.readString(file)));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        "Expected a checkpoint or a proof in " + file + ", but it is neither. " + e.getMessage(), e);
            }
        }
        return seen;
    }
}
