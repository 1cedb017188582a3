package aether.archive.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code worm-fs}: the archive in a directory. An object appears whole and locked or not at all. Its protection ends
 * where the administrator of the operating system begins.
 */
public final class WormFileStore implements WormStore {

    /**
     * Files of so many objects are on their way to the disk at once: those that are forced together share what the file
     * system does for each. Sixteen were no faster.
     */
    static final int AT_A_TIME = 8;

    private final ArchiveDirectory directory;

    /** The store below the directory, which is created if need be; only the one writer of the archive opens it. */
    public WormFileStore(Path root) throws IOException {
        this(new ArchiveDirectory(root));
        directory.clean();
    }

    private WormFileStore(ArchiveDirectory directory) {
        this.directory = directory;
    }

    /** The store beside its writer, whose half-done work is left alone. */
    public static WormFileStore beside(Path root) throws IOException {
        return new WormFileStore(new ArchiveDirectory(root));
    }

    @Override
    public void put(String key, byte[] bytes, Instant lockedUntil) throws IOException {
        putAll(new TreeMap<>(Map.of(key, bytes)), lockedUntil);
    }

    /** An object that has its place, and lies elsewhere until it is whole and locked. */
    private record Unfinished(Map.Entry<String, byte[]> object, Path file, Path target) {
        String key() {
            return object.getKey();
        }

        byte[] bytes() {
            return object.getValue();
        }
    }

    /** Each step for all objects before the next: the disk and the directories are waited for once. */
    @Override
    public void putAll(SequencedMap<String, byte[]> objects, Instant lockedUntil) throws IOException {
        List<Unfinished> missing = new ArrayList<>();
        for (Map.Entry<String, byte[]> object : objects.entrySet()) {
            String key = object.getKey();
            Path target = directory.object(key);
            if (Files.exists(target)) {
                adopt(key, target, object.getValue(), ObjectLock.on(object.getValue(), lockedUntil));
            } else {
                missing.add(new Unfinished(object, directory.temporary(), target));
            }
        }
        try (ParallelCalls threads =
                new ParallelCalls(AT_A_TIME, Thread.ofPlatform().daemon().factory())) {
            create(missing, lockedUntil, threads);
        } finally {
            for (Unfinished object : missing) {
                Files.deleteIfExists(object.file());
            }
        }
    }

    private void create(List<Unfinished> objects, Instant lockedUntil, ParallelCalls threads) throws IOException {
        Map<String, ObjectLock> locks = new ConcurrentHashMap<>();
        threads.each(objects, object -> {
            locks.put(object.key(), ObjectLock.on(object.bytes(), lockedUntil)); // while others wait for the disk
            DurableFiles.write(object.file(), object.bytes(), DurableFiles.READ_ONLY);
        });
        // Dying here leaves temporary files that nobody reads.
        directory.writeLocks(locks, threads);
        // Dying here leaves locks without objects: the next put of these keys writes them again.
        Set<Path> directories = new LinkedHashSet<>();
        for (Unfinished object : objects) {
            Path parent = object.target().resolveSibling("");
            if (directories.add(parent)) {
                DurableFiles.createDirectories(parent);
            }
            createName(object, Objects.requireNonNull(locks.get(object.key())));
        }
        threads.each(List.copyOf(directories), DurableFiles::sync);
        threads.each(objects, object -> requireSame(object.key(), object.target(), object.bytes()));
    }

    /** A hard link is the one way to give a finished file its name only if the name is free. */
    private void createName(Unfinished object, ObjectLock lock) throws IOException {
        try {
            Files.createLink(object.target(), object.file());
        } catch (FileAlreadyExistsException e) {
            adopt(object.key(), object.target(), object.bytes(), lock);
        }
    }

    /** The object is there: by an earlier put whose answer was lost, or as a live partial that is now sealed. */
    private void adopt(String key, Path target, byte[] bytes, ObjectLock lock) throws IOException {
        requireSame(key, target, bytes);
        Optional<ObjectLock> present = directory.lock(key);
        if (present.isEmpty() || !present.get().sha256().equals(lock.sha256())) {
            directory.writeLock(key, lock);
        }
        Files.setPosixFilePermissions(target, DurableFiles.READ_ONLY);
        DurableFiles.sync(target.resolveSibling(""));
    }

    private static void requireSame(String key, Path target, byte[] bytes) throws IOException {
        if (!DurableFiles.holds(target, bytes)) {
            byte[] present = Files.readAllBytes(target);
            throw new TamperAlarm("Expected " + key + " to hold the " + bytes.length + " bytes with SHA-256 "
                    + ArchiveDirectory.sha256(bytes) + ", but it holds " + present.length + " bytes with "
                    + ArchiveDirectory.sha256(present) + ".");
        }
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        return DurableFiles.read(directory.object(key));
    }

    @Override
    public boolean exists(String key) {
        return Files.exists(directory.object(key));
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return directory.list(prefix);
    }

    @Override
    public Optional<ObjectLock> lock(String key) throws IOException {
        return exists(key) ? directory.lock(key) : Optional.empty();
    }

    @Override
    public void extendLock(String key, Instant until) throws IOException {
        ObjectLock lock = lock(key)
                .orElseThrow(() ->
                        new TamperAlarm("Expected " + key + " to be locked, but it has no lock or is not there."));
        if (until.isAfter(lock.until())) {
            directory.writeLock(key, new ObjectLock(lock.mode(), until, lock.sha256()));
        }
    }
}
