package aether.archive.intake;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a topic still holds beyond what an archive promises, believed as far as it continues it: at every position both
 * know they agree, and from the first position that the archive does not have there is no gap.
 *
 * @param from the first position beyond the archive
 * @param entries the entries from there on, in order
 * @param compared how many records are of positions that the archive has too, with the same bytes
 * @param unusable how many lie behind a gap and continue nothing
 */
public record TopicTail(long from, List<byte[]> entries, long compared, long unusable) {

    /** Longer than a broker takes to answer; so often in a row nothing came when all has been read. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final int SILENT_POLLS = 3;

    /** 4 GiB at 1 KiB each is more than memory; whoever has more lets the archiver archive it first. */
    private static final int MOST = 1_000_000;

    /** Keeps its own list. */
    public TopicTail {
        entries = List.copyOf(entries);
    }

    /** What an archive has at a position. */
    @FunctionalInterface
    public interface Archived {
        /** The entry at a position below the archive's size. */
        byte[] entry(long position) throws IOException;
    }

    /** Nothing was asked. */
    public static TopicTail none(long size) {
        return new TopicTail(size, List.of(), 0, 0);
    }

    /**
     * Reads to the end.
     *
     * @param size how many entries the archive promises
     * @throws IllegalStateException when topic and archive, or the topic with itself, do not agree
     * @throws IOException when the topic does not answer
     */
    public static TopicTail read(RecordSource source, long size, Archived archived) throws IOException {
        TreeMap<Long, byte[]> beyond = new TreeMap<>();
        long compared = 0;
        int silent = 0;
        while (silent < SILENT_POLLS) {
            List<EventRecord> events = source.poll(POLL);
            silent = events.isEmpty() ? silent + 1 : 0;
            for (EventRecord event : events) {
                if (event.position() == EventRecord.FOREIGN) {
                    continue;
                }
                byte[] known = event.position() < size
                        ? archived.entry(event.position())
                        : beyond.putIfAbsent(event.position(), event.bytes());
                if (known != null && !Arrays.equals(known, event.bytes())) {
                    throw new IllegalStateException("Expected the topic to continue the archive, but position "
                            + event.position() + " is another event there: it belongs to another log, or was changed.");
                }
                compared += event.position() < size ? 1 : 0;
                if (beyond.size() > MOST) {
                    throw new IllegalStateException("Expected at most " + MOST
                            + " events beyond the archive, but there are more: let the archiver archive them first.");
                }
            }
        }
        List<byte[]> entries = new ArrayList<>();
        for (Optional<byte[]> next = Optional.ofNullable(beyond.get(size));
                next.isPresent();
                next = Optional.ofNullable(beyond.get(size + entries.size()))) {
            entries.add(next.get());
        }
        return new TopicTail(size, entries, compared, beyond.size() - entries.size());
    }

    /** For a person. */
    public String sentence() {
        String held = entries.isEmpty()
                ? "Kafka holds no event that continues the archive"
                : "Kafka holds " + entries.size() + " events that continue the archive, positions " + from + " to "
                        + (from + entries.size() - 1);
        return held + "; " + compared + " records that both have agree"
                + (unusable == 0
                        ? "."
                        : ". Lost is at least position " + (from + entries.size()) + "; " + unusable
                                + " events behind that gap continue nothing and were left.");
    }
}
