package aether.store.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one command appends: all of its events, over all of their streams, or none (law 4).
 *
 * @param commandId the command's id, by which the log drops a repeat (law 5); null when it has none
 * @param events at least one; within a stream the sequences follow each other
 */
public record AppendCommand(@Nullable UUID commandId, List<NewEvent> events) {

    /** One command is one decision; a decision of more events than this is a bug, and would hold the log for all. */
    public static final int MAX_EVENTS = 1_000;

    /** What a command may weigh in all, for the same reason. */
    public static final long MAX_BYTES = 4L << 20;

    public AppendCommand {
        events = List.copyOf(events);
        if (events.isEmpty() || events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException(
                    "Expected 1 to " + MAX_EVENTS + " events in a command, but got " + events.size());
        }
        long bytes = 0;
        Map<String, Long> next = new HashMap<>();
        for (NewEvent event : events) {
            Long expected = next.put(event.stream(), event.sequence() + 1);
            if (expected != null && expected != event.sequence()) {
                throw new IllegalArgumentException("Expected event " + expected + " of stream " + event.stream()
                        + " next in the command, but got " + event.sequence());
            }
            bytes += event.bytes();
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Expected at most " + MAX_BYTES + " bytes in a command, but got " + bytes);
        }
    }

    long bytes() {
        long bytes = 0;
        for (NewEvent event : events) {
            bytes += event.bytes();
        }
        return bytes;
    }

    Set<String> streams() {
        if (events.size() == 1) {
            return Set.of(events.getFirst().stream());
        }
        return Set.copyOf(events.stream().map(NewEvent::stream).toList());
    }
}
