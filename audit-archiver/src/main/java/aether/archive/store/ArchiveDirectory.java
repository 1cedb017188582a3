package aether.archive.store;

import aether.archive.log.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The layout that both file stores share: objects by their keys, lock records beside them, unfinished files apart. */
final class ArchiveDirectory {

    /** Lock records lie in a tree of their own, so that tile directories hold tiles only. */
    static final String LOCKS = ".locks";

    private static final String TEMPORARY = ".tmp";
    private static final Set<PosixFilePermission> WRITABLE = PosixFilePermissions.fromString("rw-r--r--");

    /** Shared by all stores of the process: two of them may work on one directory. */
    private static final AtomicLong TEMPORARIES = new AtomicLong();

    private final Path root;

    ArchiveDirectory(Path root) throws IOException {
        this.root = root;
        DurableFiles.createDirectories(root.resolve(TEMPORARY));
    }

    Path object(String key) {
        return root.resolve(ObjectKey.require(key));
    }

    Path temporary() {
        return root.resolve(TEMPORARY).resolve(ProcessHandle.current().pid() + "-" + TEMPORARIES.incrementAndGet());
    }

    /** Removes what earlier processes left half done. */
    void clean() throws IOException {
        try (Stream<Path> remains = Files.list(root.resolve(TEMPORARY))) {
            for (Path file : remains.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    Path writeTemporary(byte[] bytes, Set<PosixFilePermission> permissions) throws IOException {
        Path file = temporary();
        DurableFiles.write(file, bytes, permissions);
        return file;
    }

    Path writeTemporary(byte[] bytes) throws IOException {
        return writeTemporary(bytes, WRITABLE);
    }

    Optional<ObjectLock> lock(String key) throws IOException {
        Optional<byte[]> lock = DurableFiles.read(lockFile(key));
        return lock.isPresent() ? Optional.of(parse(key, lock.get())) : Optional.empty();
    }

    /** Makes the lock durable before anything else may happen to the object. */
    void writeLock(String key, ObjectLock lock) throws IOException {
        Path file = lockFile(key);
        DurableFiles.createDirectories(file.resolveSibling(""));
        DurableFiles.replace(writeTemporary(format(lock), DurableFiles.READ_ONLY), file);
    }

    List<String> list(String prefix) throws IOException {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("Expected a prefix that ends with a slash, but got " + prefix + ".");
        }
        Path directory = object(prefix.substring(0, prefix.length() - 1));
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isRegularFile)
                    .map(child -> prefix + child.getFileName())
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Hash.sha256(bytes).bytes());
    }

    private Path lockFile(String key) {
        return root.resolve(LOCKS).resolve(ObjectKey.require(key));
    }

    private static byte[] format(ObjectLock lock) {
        return (lock.mode() + "\n" + lock.until() + "\n" + lock.sha256() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectLock parse(String key, byte[] record) {
        String[] lines = new String(record, StandardCharsets.UTF_8).split("\n", -1);
        if (lines.length != 4) {
            throw new TamperAlarm("Expected the lock record of " + key + " with mode, time and hash, but it has "
                    + lines.length + " lines.");
        }
        return new ObjectLock(lines[0], Instant.parse(lines[1]), lines[2]);
    }
}
