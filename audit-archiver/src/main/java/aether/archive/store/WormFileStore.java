package aether.archive.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code worm-fs}: the archive in a directory. An object appears whole and locked or not at all. Its protection ends
 * where the administrator of the operating system begins.
 */
public final class WormFileStore implements WormStore {

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
        Path target = directory.object(key);
        ObjectLock lock = ObjectLock.on(bytes, lockedUntil);
        if (Files.exists(target)) {
            adopt(key, target, bytes, lock);
            return;
        }
        Path complete = directory.writeTemporary(bytes, DurableFiles.READ_ONLY);
        try {
            // Dying here leaves a temporary file that nobody reads.
            directory.writeLock(key, lock);
            // Dying here leaves a lock without an object: the next put of this key writes it again.
            DurableFiles.createDirectories(target.resolveSibling(""));
            createName(key, complete, target, lock);
        } finally {
            Files.deleteIfExists(complete);
        }
        DurableFiles.sync(target.resolveSibling(""));
        requireSame(key, target, bytes);
    }

    private record Unfinished(Map.Entry<String, byte[]> object, Path file, Path target, ObjectLock lock) {
        String key() {
            return object.getKey();
        }

        byte[] bytes() {
            return object.getValue();
        }
    }

    /** The same steps, each for all objects before the next: the disk and the directories are waited for once. */
    @Override
    public void putAll(SequencedMap<String, byte[]> objects, Instant lockedUntil) throws IOException {
        Map<Boolean, List<Unfinished>> byPresence = objects.entrySet().parallelStream() // hashing is most of the work
                .map(object -> unfinished(object, lockedUntil))
                .collect(Collectors.partitioningBy(object -> Files.exists(object.target())));
        for (Unfinished present : byPresence.getOrDefault(true, List.of())) {
            adopt(present.key(), present.target(), present.bytes(), present.lock());
        }
        List<Unfinished> missing = byPresence.getOrDefault(false, List.of());
        try {
            DurableFiles.writeAll(
                    missing.stream().collect(Collectors.toMap(Unfinished::file, Unfinished::bytes)),
                    DurableFiles.READ_ONLY);
            directory.writeLocks(missing.stream().collect(Collectors.toMap(Unfinished::key, Unfinished::lock)));
            Set<Path> directories = new LinkedHashSet<>();
            for (Unfinished object : missing) {
                Path parent = object.target().resolveSibling("");
                if (directories.add(parent)) {
                    DurableFiles.createDirectories(parent);
                }
                createName(object.key(), object.file(), object.target(), object.lock());
            }
            for (Path each : directories) {
                DurableFiles.sync(each);
            }
        } finally {
            for (Unfinished object : missing) {
                Files.deleteIfExists(object.file());
            }
        }
        for (Unfinished object : missing) {
            requireSame(object.key(), object.target(), object.bytes());
        }
    }

    private Unfinished unfinished(Map.Entry<String, byte[]> object, Instant until) {
        Path target = directory.object(object.getKey());
        return new Unfinished(object, directory.temporary(), target, ObjectLock.on(object.getValue(), until));
    }

    /** A hard link is the one way to give a finished file its name only if the name is free. */
    private void createName(String key, Path complete, Path target, ObjectLock lock) throws IOException {
        try {
            Files.createLink(target, complete);
        } catch (FileAlreadyExistsException e) {
            adopt(key, target, Files.readAllBytes(complete), lock);
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
        byte[] present = Files.readAllBytes(target);
        if (!Arrays.equals(present, bytes)) {
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
