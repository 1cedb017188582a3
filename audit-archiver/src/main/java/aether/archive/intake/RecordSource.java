package aether.archive.intake;

import aether.archive.seal.KafkaOffsets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where events come from: partitions that are each in order, read from where the newest seal says. */
public interface RecordSource extends AutoCloseable {

    /** What has arrived, in order within each partition; nothing when the time is over. */
    List<EventRecord> poll(Duration timeout) throws IOException;

    /** Brings nothing more of a partition until {@link #resume}. */
    void pause(int partition);

    /** Goes on with a partition. */
    void resume(int partition);

    /** Goes on at another offset of a partition. */
    void seek(int partition, long offset);

    /** Names the offsets as those of this source. */
    KafkaOffsets offsets(Map<Integer, Long> next);

    /** Tells whoever watches how far we are; a hint, never the truth. */
    void commit(KafkaOffsets offsets);

    @Override
    void close();
}
