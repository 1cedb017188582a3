package aether.archive.verify;

import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.store.InMemoryLiveStore;
import aether.archive.store.InMemoryWormStore;
import aether.archive.store.ObjectLock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Lets a stranger look at stores in memory. */
public class InMemoryStranger implements ArchiveReader {

    private final InMemoryWormStore worm;
    private final InMemoryLiveStore live;

    /** A stranger before these stores. */
    public InMemoryStranger(InMemoryWormStore worm, InMemoryLiveStore live) {
        this.worm = worm;
        this.live = live;
    }

    /** What the stranger finds with a key of their own. */
    public VerificationReport verify(VerifierKey key) throws IOException {
        return ArchiveVerifier.verify(this, VerificationRequest.everything(key));
    }

    @Override
    public Optional<byte[]> read(String key) {
        return worm.get(key).or(() -> live.get(key));
    }

    @Override
    public List<String> children(String prefix) {
        return Stream.concat(worm.list(prefix).stream(), live.list(prefix).stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void forEachKey(Consumer<String> visitor) {
        Stream.concat(worm.objects().keySet().stream(), live.objects().keySet().stream())
                .distinct()
                .sorted() // all of them first: whoever visits may remove them
                .forEach(visitor);
    }

    @Override
    public Optional<ObjectLock> lock(String key) {
        return worm.lock(key);
    }

    @Override
    public boolean isReadOnly(String key) {
        return true;
    }

    @Override
    public long locksWithoutObject() {
        return 0;
    }
}
