package aether.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The user's directory for what can be made again at any time: unpacked binaries, class archives. */
public final class CacheDirectory {

    private CacheDirectory() {}

    /**
     * {@code $AETHER_CACHE}, {@code $XDG_CACHE_HOME/aether} or {@code ~/.cache/aether}; the temporary directory when
     * that cannot be written.
     */
    public static Path ofUser() {
        return of(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                Path.of(System.getProperty("java.io.tmpdir"), "aether-cache-" + System.getProperty("user.name")));
    }

    static Path of(Map<String, String> environment, Path home, Path fallback) {
        String own = environment.getOrDefault("AETHER_CACHE", "");
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path wished = !own.isEmpty()
                ? Path.of(own)
                : (!shared.isEmpty() ? Path.of(shared) : home.resolve(".cache")).resolve("aether");
        try {
            if (Files.isWritable(Files.createDirectories(wished))) {
                return wished.toAbsolutePath();
            }
        } catch (IOException e) {
            // A home that cannot be written (a read-only container) is no reason to refuse.
        }
        try {
            return Files.createDirectories(fallback).toAbsolutePath();
        } catch (IOException e) {
            throw Obstacle.of(e, fallback);
        }
    }
}
