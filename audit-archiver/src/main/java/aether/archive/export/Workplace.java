package aether.archive.export;

import aether.archive.log.Hash;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory in which an export is put together, gone when it is closed. */
final class Workplace implements AutoCloseable {

    private final Path directory;
    private final SortedSet<String> names = new TreeSet<>();

    Workplace(Path beside) throws IOException {
        directory = Files.createTempDirectory(beside.toAbsolutePath().resolveSibling(""), ".export-");
    }

    Path directory() {
        return directory;
    }

    /** The files so far, without those that were only notes. */
    SortedSet<String> names() {
        return names;
    }

    OutputStream create(String name) throws IOException {
        names.add(name);
        return note(name);
    }

    /** A file that does not become part of the export. */
    OutputStream note(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    void write(String name, byte[] bytes) throws IOException {
        try (OutputStream out = create(name)) {
            out.write(bytes);
        }
    }

    /** Hash and length of each file. */
    Map<String, Manifest.Content> contents() throws IOException {
        try {
            return names.parallelStream().collect(Collectors.toMap(Function.identity(), name -> {
                try {
                    return content(name);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Manifest.Content content(String name) throws IOException {
        Path file = directory.resolve(name);
        return new Manifest.Content(sha256(file), Files.size(file));
    }

    static Hash sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream hashed = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            hashed.transferTo(OutputStream.nullOutputStream());
            return Hash.of(hashed.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256, which every Java platform has, but it is missing.", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
