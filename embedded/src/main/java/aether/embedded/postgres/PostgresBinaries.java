package aether.embedded.postgres;

import aether.embedded.process.CacheDirectory;
import aether.embedded.process.Obstacle;
import aether.embedded.process.StartFailure;
import aether.embedded.process.StartFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL programs, unpacked once per user from the archive on the class path. */
record PostgresBinaries(Path home) {

    private static final Object ONE_THREAD_AT_A_TIME = new Object(); // a file lock excludes other processes only

    static PostgresBinaries unpacked() {
        String resource = "postgres-%s.txz".formatted(platform());
        URL archive = PostgresBinaries.class.getClassLoader().getResource(resource);
        if (archive == null) {
            throw new StartFailure(
                    Reason.UNSUPPORTED_MACHINE,
                    "Expected PostgreSQL programs for this machine (%s on the class path), but this build has none"
                            .formatted(resource));
        }
        Path cache = CacheDirectory.ofUser();
        try {
            Path home = cache.resolve("postgres-" + fingerprint(archive));
            if (!Files.isDirectory(home)) {
                unpackOnce(archive, cache, home);
            }
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw Obstacle.of(e, cache);
        }
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return (system.startsWith("mac") ? "darwin" : system)
                + (machine.equals("aarch64") ? "-arm_64" : machine.equals("amd64") ? "-x86_64" : "-" + machine);
    }

    /** Names the archive's content without reading it: a newer archive gets a directory of its own. */
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        return connection.getContentLengthLong() + "-" + connection.getLastModified();
    }

    private static void unpackOnce(URL archive, Path cache, Path home) throws IOException {
        synchronized (ONE_THREAD_AT_A_TIME) {
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("postgres.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    @Nullable FileLock held = channel.lock()) {
                if (held == null || Files.isDirectory(home)) {
                    return; // another process was faster
                }
                Path unfinished = cache.resolve(home.getFileName() + ".unfinished");
                Directories.delete(unfinished);
                try (InputStream in = archive.openStream()) {
                    TxzArchive.unpack(in, unfinished);
                }
                Files.move(unfinished, home);
            }
        }
    }
}
