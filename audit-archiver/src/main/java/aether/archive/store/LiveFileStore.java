package aether.archive.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The changeable objects in the same directory as the locked ones, so that any tlog-tiles reader can serve it. */
public final class LiveFileStore implements LiveStore {

    private final ArchiveDirectory directory;

    /** The store below the directory, which is created if need be. */
    public LiveFileStore(Path root) throws IOException {
        this.directory = new ArchiveDirectory(root);
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        if (isLocked(key)) {
            return; // a sealed partial: its bytes follow from its name, so they are these
        }
        Path target = directory.object(key);
        DurableFiles.createDirectories(target.resolveSibling(""));
        DurableFiles.replace(directory.writeTemporary(bytes), target);
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        return DurableFiles.read(directory.object(key));
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        List<String> changeable = new ArrayList<>();
        for (String key : directory.list(prefix)) {
            if (!isLocked(key)) {
                changeable.add(key);
            }
        }
        return changeable;
    }

    @Override
    public void delete(String key) throws IOException {
        if (!isLocked(key)) {
            Files.deleteIfExists(directory.object(key));
        }
    }

    /** A lock record without an object is the trace of a process that died before it made the object. */
    private boolean isLocked(String key) throws IOException {
        return Files.exists(directory.object(key)) && directory.lock(key).isPresent();
    }
}
