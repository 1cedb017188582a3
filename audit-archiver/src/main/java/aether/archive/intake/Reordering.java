package aether.archive.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Holds events that came before their turn; never more than a window of positions and a number of bytes. */
final class Reordering {

    /** What became of an offered event. */
    enum Outcome {
        /** It is held until its turn. */
        HELD,
        /** Its position is archived already. */
        PAST,
        /** The very same event is held already. */
        REPEATED,
        /** Another event with this position is held: one of the two is a lie. */
        CONTRADICTED,
        /** It is too far ahead to be held. */
        TOO_FAR
    }

    private final int window;
    private final long maxBytes;
    private final TreeMap<Long, EventRecord> held = new TreeMap<>();
    private long wanted;
    private long bytes;

    Reordering(IntakeSettings settings, long wanted) {
        this.window = settings.window();
        this.maxBytes = settings.bytes();
        this.wanted = wanted;
    }

    Outcome offer(EventRecord event) {
        if (event.position() < wanted) {
            return Outcome.PAST;
        }
        EventRecord same = held.get(event.position());
        if (same != null) {
            return Arrays.equals(same.bytes(), event.bytes()) ? Outcome.REPEATED : Outcome.CONTRADICTED;
        }
        // The wanted one is always taken: only it can make room.
        boolean full = event.position() - wanted >= window || bytes + event.bytes().length > maxBytes;
        if (full && event.position() != wanted) {
            return Outcome.TOO_FAR;
        }
        held.put(event.position(), event);
        bytes += event.bytes().length;
        return Outcome.HELD;
    }

    /** The next events without a gap, at most {@code max}; they stay held until {@link #archived}. */
    List<EventRecord> ready(int max) {
        List<EventRecord> ready = new ArrayList<>();
        for (EventRecord event : held.values()) {
            if (event.position() != wanted + ready.size() || ready.size() == max) {
                break;
            }
            ready.add(event);
        }
        return ready;
    }

    void archived(List<EventRecord> events) {
        for (EventRecord event : events) {
            held.remove(event.position());
            bytes -= event.bytes().length;
            wanted = event.position() + 1;
        }
    }

    long wanted() {
        return wanted;
    }

    boolean isWaiting() {
        return !held.isEmpty() && held.firstKey() != wanted;
    }

    /** Whether reading on is worth it: half of what may be held is free. */
    boolean hasRoom() {
        return held.size() <= window / 2 && bytes <= maxBytes / 2;
    }
}
