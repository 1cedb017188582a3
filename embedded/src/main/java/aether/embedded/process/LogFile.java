package aether.embedded.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file a child process writes what it has to say to. */
public record LogFile(Path path) {

    private static final long LARGEST = 16L << 20; // enough for any diagnosis; begun anew at the next start beyond it
    private static final int LAST_WORDS = 4096;

    /** Begins the file anew when it has grown too large. */
    public LogFile trimmed() {
        try {
            if (Files.exists(path) && Files.size(path) > LARGEST) {
                Files.delete(path);
            }
            return this;
        } catch (IOException e) {
            throw Obstacle.of(e, path);
        }
    }

    public long size() {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            throw Obstacle.of(e, path);
        }
    }

    /** What was written since {@code from}, at most the last few lines of it. */
    public String since(long from) {
        if (!Files.exists(path)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long begin = Math.max(from, file.length() - LAST_WORDS);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - begin)];
            file.seek(begin);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Obstacle.of(e, path);
        }
    }
}
