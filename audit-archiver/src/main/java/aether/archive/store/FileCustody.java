package aether.archive.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Custody of an archive in a directory. A hold is a file of its own, because a lock record only ever moves forward. */
public final class FileCustody implements Custody {

    private static final String HOLDS = ".holds";

    private final Path root;
    private final LockRecords locks;

    /** Custody of the archive in this directory. */
    public FileCustody(Path root) {
        this.root = root;
        this.locks = new LockRecords(root);
    }

    private Path mark(String key) {
        return root.resolve(HOLDS).resolve(ObjectKey.require(key));
    }

    @Override
    public boolean isHeld(String key) {
        return Files.exists(mark(key));
    }

    @Override
    public void hold(String key) throws IOException {
        if (!Files.exists(root.resolve(ObjectKey.require(key)))) {
            throw new TamperAlarm("Expected " + key + " to hold on to, but it is not there.");
        }
        Path mark = mark(key);
        if (!Files.exists(mark)) {
            DurableFiles.createDirectories(mark.resolveSibling(""));
            DurableFiles.write(mark, "ON\n".getBytes(StandardCharsets.UTF_8), DurableFiles.READ_ONLY);
            DurableFiles.sync(mark.resolveSibling(""));
        }
    }

    @Override
    public void lift(String key) throws IOException {
        if (Files.deleteIfExists(mark(key))) {
            DurableFiles.sync(mark(key).resolveSibling(""));
        }
    }

    @Override
    public void remove(String key, Instant now) throws IOException {
        Optional<ObjectLock> lock = locks.find(ObjectKey.require(key));
        if (isHeld(key)) {
            throw new StillKept("Expected to remove " + key + ", but a legal hold is on it.");
        }
        if (lock.isPresent() && lock.get().until().isAfter(now)) {
            throw new StillKept("Expected to remove " + key + ", but it is locked until "
                    + lock.get().until() + ".");
        }
        Path file = root.resolve(key);
        if (Files.deleteIfExists(file)) {
            DurableFiles.sync(file.resolveSibling(""));
        }
        locks.forget(key); // dying before this leaves a lock without an object, which verify remarks
    }
}
