package aether.archive.export;

import aether.archive.cosign.Cosignatures;
import aether.archive.read.ArchiveReader;
import aether.archive.stamp.Timestamps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What others than the log have signed of it, and goes into an export: the timestamp of its checkpoint, and checkpoints
 * that witnesses have cosigned. Such a signature may come later than an export was first made; by their names the same
 * ones are taken again.
 *
 * @param objects the names of the archive's objects, sorted
 */
public record Evidence(List<String> objects) {

    /**
     * Checkpoints whose cosignatures are taken. Whoever asks for a quorum needs several under one, and a witness that
     * is away for longer than the others needs an older one.
     */
    static final int MAX_SIZES = 4;

    /** More than any set of witnesses leaves under so many checkpoints. */
    static final int MAX_OBJECTS = 200;

    /** Nobody's. */
    public static final Evidence NONE = new Evidence(List.of());

    /** Refuses what is no evidence. */
    public Evidence {
        objects = List.copyOf(new TreeSet<>(objects));
        if (objects.size() > MAX_OBJECTS) {
            throw new IllegalArgumentException(
                    "Expected at most " + MAX_OBJECTS + " names of evidence, but got " + objects.size() + ".");
        }
        for (String object : objects) {
            if (Cosignatures.name(object).isEmpty() && Timestamps.size(object).isEmpty()) {
                throw new IllegalArgumentException("Expected evidence such as cosigned/00000000000000000300.0a1b2c3d or"
                        + " timestamps/00000000000000000300.tsr, but got " + object + ".");
            }
        }
    }

    /**
     * What an archive has now for a log of a size: the timestamp, and whatever stands under the newest checkpoint that
     * each witness has cosigned.
     *
     * @param pruned up to where entries are gone, so that nothing can be proven from there
     */
    static Evidence newest(ArchiveReader archive, long size, long pruned) throws IOException {
        Map<Long, List<String>> bySize = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        for (String object : archive.children(Cosignatures.PREFIX)) {
            Cosignatures.name(object)
                    .filter(name -> name.size() >= Math.max(1, pruned) && name.size() <= size)
                    .ifPresent(name -> {
                        bySize.computeIfAbsent(name.size(), unused -> new ArrayList<>())
                                .add(object);
                        newest.merge(name.id(), name.size(), Math::max);
                    });
        }
        List<String> found = new ArrayList<>();
        SortedSet<Long> sizes = new TreeSet<>(Comparator.reverseOrder());
        sizes.addAll(newest.values());
        sizes.stream()
                .limit(MAX_SIZES)
                .map(each -> Objects.requireNonNull(bySize.get(each)))
                .forEach(found::addAll);
        String timestamp = Timestamps.key(size);
        if (archive.read(timestamp).isPresent()) {
            found.add(timestamp);
        }
        return new Evidence(found.subList(0, Math.min(MAX_OBJECTS, found.size())));
    }

    /** Refuses what is about a longer log than this. */
    void requireWithin(long size) {
        for (String object : objects) {
            @Nullable
            Long stamped = Timestamps.size(object).stream().boxed().findFirst().orElse(null);
            boolean fits = stamped == null
                    ? Cosignatures.name(object)
                            .filter(name -> name.size() <= size)
                            .isPresent()
                    : stamped == size;
            if (!fits) {
                throw new IllegalArgumentException("Expected evidence about the log up to size " + size
                        + ", the timestamp of that very size, but got " + object + ".");
            }
        }
    }
}
