package aether.archive.intake;

import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A topic in memory, read like Kafka: partition by partition, a bounded number at a time, paused and sought. */
final class InMemoryTopic implements RecordSource {

    static final int MAX_POLL = 40;

    private final Map<Integer, List<EventRecord>> partitions = new TreeMap<>();
    private final Map<Integer, Integer> readTo = new HashMap<>();
    private final Set<Integer> paused = new HashSet<>();
    KafkaOffsets committed = KafkaOffsets.NONE;

    InMemoryTopic(int count) {
        for (int partition = 0; partition < count; partition++) {
            partitions.put(partition, new ArrayList<>());
            readTo.put(partition, 0);
        }
    }

    void publish(int partition, long position) {
        publish(partition, position, SealWorld.entry(position));
    }

    void publish(int partition, long position, byte[] bytes) {
        List<EventRecord> log = partitions.computeIfAbsent(partition, made -> new ArrayList<>());
        log.add(new EventRecord(partition, log.size(), position, bytes));
    }

    /** A new consumer, which begins where the seal says. */
    InMemoryTopic reopened(KafkaOffsets sealed) {
        paused.clear();
        readTo.replaceAll(
                (partition, old) -> sealed.next().getOrDefault(partition, 0L).intValue());
        return this;
    }

    @Override
    public List<EventRecord> poll(Duration timeout) {
        List<EventRecord> found = new ArrayList<>();
        partitions.forEach((partition, log) -> {
            for (int at = readTo.getOrDefault(partition, 0);
                    at < log.size() && found.size() < MAX_POLL && !paused.contains(partition);
                    at++) {
                found.add(log.get(at));
                readTo.put(partition, at + 1);
            }
        });
        return found;
    }

    @Override
    public void pause(int partition) {
        paused.add(partition);
    }

    @Override
    public void resume(int partition) {
        paused.remove(partition);
    }

    @Override
    public void seek(int partition, long offset) {
        readTo.put(partition, (int) offset);
    }

    @Override
    public KafkaOffsets offsets(Map<Integer, Long> next) {
        return KafkaOffsets.of("aether.events.v1", "in-memory", next);
    }

    @Override
    public void commit(KafkaOffsets offsets) {
        committed = offsets;
    }

    @Override
    public void close() {}
}
