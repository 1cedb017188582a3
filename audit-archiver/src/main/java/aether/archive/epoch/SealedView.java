package aether.archive.epoch;

import aether.archive.read.ArchiveReader;
import aether.archive.read.ReadBuffer;
import aether.archive.store.ObjectLock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An archive as it was when it was sealed last, whatever its live checkpoint says, or whether there is one. */
final class SealedView implements ArchiveReader {

    private static final String LIVE = "checkpoint";
    private static final String SEALED = "checkpoints/";

    private final ArchiveReader archive;
    private final String newest;

    /** @throws IllegalStateException when nothing was ever sealed */
    SealedView(ArchiveReader archive) throws IOException {
        this.archive = archive;
        List<String> sealed = archive.children(SEALED);
        if (sealed.isEmpty()) {
            throw new IllegalStateException("Expected an archive with at least one seal, but there is none.");
        }
        this.newest = sealed.getLast();
    }

    @Override
    public Optional<byte[]> read(String key) throws IOException {
        return archive.read(key.equals(LIVE) ? newest : key);
    }

    @Override
    public boolean read(String key, ReadBuffer into) throws IOException {
        return archive.read(key.equals(LIVE) ? newest : key, into);
    }

    @Override
    public List<String> children(String prefix) throws IOException {
        return archive.children(prefix);
    }

    @Override
    public void forEachKey(Consumer<String> visitor) throws IOException {
        archive.forEachKey(visitor);
    }

    @Override
    public Optional<ObjectLock> lock(String key) throws IOException {
        return archive.lock(key);
    }

    @Override
    public boolean isReadOnly(String key) throws IOException {
        return archive.isReadOnly(key);
    }

    @Override
    public long locksWithoutObject() throws IOException {
        return archive.locksWithoutObject();
    }
}
