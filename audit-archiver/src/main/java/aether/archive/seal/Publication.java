package aether.archive.seal;

import aether.archive.log.TilePath;
import aether.archive.store.LiveStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the world reads: the checkpoint, and every partial tile a reader of it needs, first. */
final class Publication {

    private final LiveStore live;
    private long size;

    Publication(LiveStore live, long size) {
        this.live = live;
        this.size = size;
    }

    void publish(LogTail tail, String checkpoint) throws IOException {
        for (Map.Entry<TilePath, byte[]> partial : tail.partials().entrySet()) {
            live.put(partial.getKey().path(), partial.getValue());
        }
        live.put(ArchiveKeys.CHECKPOINT, checkpoint.getBytes(StandardCharsets.UTF_8));
        tidy(tail.size());
        size = tail.size();
    }

    /** A partial serves every checkpoint of its bundle; once the complete tile exists, nobody needs it. */
    private void tidy(long newSize) throws IOException {
        for (TilePath partial : TilePath.partials(size)) {
            if (TilePath.hashesAt(partial.level(), newSize) / TilePath.FULL > partial.index()) {
                for (String key : live.list(partial.partialPrefix())) {
                    live.delete(key);
                }
            }
        }
    }

    /** Whether somebody took the checkpoint away. */
    boolean isLost() throws IOException {
        return live.get(ArchiveKeys.CHECKPOINT).isEmpty();
    }

    long size() {
        return size;
    }
}
