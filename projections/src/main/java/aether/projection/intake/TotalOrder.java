package aether.projection.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Restores the one order of the log from many partitions, in bounded memory: what was seen is dropped, what is too
 * early waits. Not for several threads.
 *
 * @param <R> the record
 */
final class TotalOrder<R> {

    private record Waiting<R>(int partition, long offset, R item) {}

    private final int perPartition;
    private final NavigableMap<Long, Waiting<R>> waiting = new TreeMap<>();
    private final Map<Integer, Integer> waitingIn = new HashMap<>();
    private final Map<Integer, Long> readUpTo;
    private long nextWanted;
    private boolean searching;

    /**
     * An order that begins at a position.
     *
     * @param offsets where reading begins in every partition
     * @param perPartition how many early records of one partition may wait before it is crowded
     */
    TotalOrder(long nextWanted, Map<Integer, Long> offsets, int perPartition) {
        this.nextWanted = nextWanted;
        this.readUpTo = new HashMap<>(offsets);
        this.perPartition = perPartition;
    }

    /** The smallest position that has not been applied. */
    long nextWanted() {
        return nextWanted;
    }

    /** Takes a record, in the order of its partition. */
    void offer(int partition, long offset, long position, R item) {
        readUpTo.put(partition, offset + 1);
        if (position < nextWanted || waiting.containsKey(position)) {
            return;
        }
        if (position == nextWanted) {
            searching = false;
        }
        if (searching && waiting.size() >= perPartition * readUpTo.size()) {
            if (position > waiting.lastKey()) {
                return; // whoever fills the gap publishes everything after it again
            }
            forget(waiting.lastKey());
        }
        waiting.put(position, new Waiting<>(partition, offset, item));
        waitingIn.merge(partition, 1, Integer::sum);
    }

    /** The records that can be applied now, in order, at most so many; they stay until {@link #applied}. */
    List<R> ready(int most) {
        List<R> run = new ArrayList<>();
        long expected = nextWanted;
        for (Map.Entry<Long, Waiting<R>> entry : waiting.entrySet()) {
            if (run.size() == most || entry.getKey() != expected) {
                break;
            }
            run.add(entry.getValue().item());
            expected++;
        }
        return run;
    }

    /** So many of the ready records are in the views. */
    void applied(int count) {
        for (int done = 0; done < count; done++) {
            forget(nextWanted);
            nextWanted++;
        }
    }

    /** Lets go of a record that cannot be read, so that another copy of it may be offered. */
    void reject(long position) {
        forget(position);
    }

    /** Where reading would have to begin again in each partition if so many of the ready records were applied. */
    Map<Integer, Long> resumeOffsets(int afterApplying) {
        Map<Integer, Long> offsets = new HashMap<>(readUpTo);
        for (Waiting<R> item : waiting.tailMap(nextWanted + afterApplying, true).values()) {
            offsets.merge(item.partition(), item.offset(), Math::min);
        }
        return offsets;
    }

    /** The partitions to pause: so much of them waits that reading on would only cost memory. */
    Set<Integer> crowded() {
        Set<Integer> crowded = new HashSet<>();
        if (!searching) {
            waitingIn.forEach((partition, count) -> {
                if (count >= perPartition) {
                    crowded.add(partition);
                }
            });
        }
        return crowded;
    }

    /** Whether later records wait for one that is missing. */
    boolean isStuck() {
        return !waiting.isEmpty() && waiting.firstKey() != nextWanted;
    }

    /** The first position that waits behind the gap. */
    long firstWaiting() {
        return waiting.isEmpty() ? nextWanted : waiting.firstKey();
    }

    /**
     * Reads on past what fits, because the missing record will come again at the end of a partition; until it does, the
     * farthest records give way.
     */
    void search() {
        searching = true;
    }

    private void forget(long position) {
        Waiting<R> gone = waiting.remove(position);
        if (gone != null) {
            waitingIn.merge(gone.partition(), -1, Integer::sum);
        }
    }
}
