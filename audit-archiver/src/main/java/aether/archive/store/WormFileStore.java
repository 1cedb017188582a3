package aether.archive.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code worm-fs}: the archive in a directory. An object appears whole and locked or not at all. Its protection ends
 * where the administrator of the operating system begins.
 */
public final class WormFileStore implements WormStore {

    private final ArchiveDirectory directory;

    /** The store below the directory, which is created if need be; only the one writer of the archive opens it. */
    public WormFileStore(Path root) throws IOException {
        this.directory = new ArchiveDirectory(root);
        directory.clean();
    }

    @Override
    public void put(String key, byte[] bytes, Instant lockedUntil) throws IOException {
        Path target = directory.object(key);
        ObjectLock lock = new ObjectLock(ObjectLock.COMPLIANCE, lockedUntil, ArchiveDirectory.sha256(bytes));
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
