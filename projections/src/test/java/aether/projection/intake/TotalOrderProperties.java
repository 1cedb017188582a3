package aether.projection.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TotalOrderProperties {

    private static final int CAPACITY = 5;

    /** A partition, whose records are read in order unless it is held back. */
    private record Partition(List<Long> positions) {}

    @Property(tries = 300)
    void restoresTheOrderWhateverPartitionIsReadFirst(
            @ForAll @IntRange(min = 1, max = 6) int partitions,
            @ForAll @IntRange(min = 0, max = 120) int events,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<Partition> topic = topic(partitions, events, random);
        Map<Integer, Long> offsets = begin(partitions);
        TotalOrder<Long> order = new TotalOrder<>(0, offsets, CAPACITY);
        List<Long> applied = new ArrayList<>();

        readAll(topic, order, applied, random);

        assertThat(applied).hasSize(events).isSorted().doesNotHaveDuplicates();
        assertThat(order.nextWanted()).isEqualTo(events);
    }

    @Property(tries = 300)
    void resumesAnywhereWithoutLosingOrRepeating(
            @ForAll @IntRange(min = 1, max = 4) int partitions,
            @ForAll @IntRange(min = 1, max = 60) int events,
            @ForAll @IntRange(min = 0, max = 60) int stopAfter,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<Partition> topic = topic(partitions, events, random);
        TotalOrder<Long> first = new TotalOrder<>(0, begin(partitions), CAPACITY);
        List<Long> applied = new ArrayList<>();
        Map<Integer, Integer> read = new HashMap<>();
        Map<Integer, Long> saved = begin(partitions);
        for (int step = 0; step < stopAfter; step++) {
            step(topic, read, first, random);
            List<Long> ready = first.ready(3);
            if (!ready.isEmpty()) {
                saved = first.resumeOffsets(ready.size());
                applied.addAll(ready);
                first.applied(ready.size());
            }
        }

        TotalOrder<Long> second = new TotalOrder<>(applied.size(), saved, CAPACITY);
        readAll(topic, second, applied, random, saved);

        assertThat(applied).hasSize(events).isSorted().doesNotHaveDuplicates();
    }

    private static Map<Integer, Long> begin(int partitions) {
        Map<Integer, Long> offsets = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            offsets.put(partition, 0L);
        }
        return offsets;
    }

    private static List<Partition> topic(int partitions, int events, Random random) {
        List<Partition> topic = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            topic.add(new Partition(new ArrayList<>()));
        }
        Map<Long, Integer> home = new HashMap<>();
        for (long position = 0; position < events; position++) {
            int partition = home.computeIfAbsent(position, unused -> random.nextInt(partitions));
            topic.get(partition).positions().add(position);
            if (random.nextInt(5) == 0) { // the door goes back and publishes some of it again
                for (long again = Math.max(0, position - 3); again <= position; again++) {
                    topic.get(home.getOrDefault(again, 0)).positions().add(again);
                }
            }
        }
        return topic;
    }

    private static void readAll(List<Partition> topic, TotalOrder<Long> order, List<Long> applied, Random random) {
        readAll(topic, order, applied, random, Map.of());
    }

    private static void readAll(
            List<Partition> topic, TotalOrder<Long> order, List<Long> applied, Random random, Map<Integer, Long> from) {
        Map<Integer, Integer> read = new HashMap<>();
        from.forEach((partition, offset) -> read.put(partition, offset.intValue()));
        boolean moved = true;
        while (moved) {
            moved = step(topic, read, order, random);
            List<Long> ready = order.ready(Integer.MAX_VALUE);
            applied.addAll(ready);
            order.applied(ready.size());
        }
    }

    /** Reads one record of some partition that is not held back; answers whether there was any. */
    private static boolean step(
            List<Partition> topic, Map<Integer, Integer> read, TotalOrder<Long> order, Random random) {
        Set<Integer> held = order.crowded();
        List<Integer> open = new ArrayList<>();
        for (int partition = 0; partition < topic.size(); partition++) {
            boolean left = read.getOrDefault(partition, 0)
                    < topic.get(partition).positions().size();
            if (left && !held.contains(partition)) {
                open.add(partition);
            }
        }
        if (open.isEmpty()) {
            return false;
        }
        int partition = open.get(random.nextInt(open.size()));
        int offset = read.getOrDefault(partition, 0);
        long position = topic.get(partition).positions().get(offset);
        order.offer(partition, offset, position, position);
        read.put(partition, offset + 1);
        return true;
    }
}
