package aether.archive.store;

import aether.archive.log.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The layout that both file stores share: objects by their keys, lock records beside them, unfinished files apart. */
final class ArchiveDirectory {

    private static final String TEMPORARY = ".tmp";
    private static final Set<PosixFilePermission> WRITABLE = PosixFilePermissions.fromString("rw-r--r--");

    /** Shared by all stores of the process: two of them may work on one directory. */
    private static final AtomicLong TEMPORARIES = new AtomicLong();

    private final Path root;
    private final LockRecords locks;

    ArchiveDirectory(Path root) throws IOException {
        this.root = root;
        this.locks = new LockRecords(root);
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
        return locks.find(key);
    }

    /** Makes the lock durable before anything else may happen to the object. */
    void writeLock(String key, ObjectLock lock) throws IOException {
        Path file = locks.single(key);
        DurableFiles.createDirectories(file.resolveSibling(""));
        DurableFiles.replace(writeTemporary(lock.record(LockRecords.name(key)), DurableFiles.READ_ONLY), file);
    }

    /** The same for objects that are made together: one sheet per directory that gets more than one of them. */
    void writeLocks(Map<String, ObjectLock> locksByKey, ParallelCalls threads) throws IOException {
        Map<Path, SortedMap<String, ObjectLock>> sheets = new LinkedHashMap<>();
        locksByKey.forEach((key, lock) -> {
            Path single = locks.single(key);
            sheets.computeIfAbsent(single.resolveSibling(""), directory -> new TreeMap<>())
                    .put(key.substring(key.lastIndexOf('/') + 1), lock);
        });
        threads.each(List.copyOf(sheets.entrySet()), sheet -> writeLocks(sheet.getKey(), sheet.getValue()));
    }

    private void writeLocks(Path lockDirectory, SortedMap<String, ObjectLock> locksByName) throws IOException {
        DurableFiles.createDirectories(lockDirectory);
        String first = locksByName.firstKey();
        if (first.equals(locksByName.lastKey())) {
            byte[] record = locksByName.values().iterator().next().record(first);
            DurableFiles.replace(writeTemporary(record, DurableFiles.READ_ONLY), lockDirectory.resolve(first));
            return;
        }
        Path sheet = LockRecords.sheet(lockDirectory, locksByName);
        // A process that died may have locked other objects between the first and the last.
        SortedMap<String, ObjectLock> all = LockRecords.read(sheet);
        all.putAll(locksByName);
        byte[] text = LockRecords.format(all).getBytes(StandardCharsets.UTF_8);
        DurableFiles.replace(writeTemporary(text, DurableFiles.READ_ONLY), sheet);
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
}
