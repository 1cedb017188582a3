package aether.archive.seal;

import aether.archive.log.CompleteBundle;
import aether.archive.log.EntryBundle;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.RightEdge;
import aether.archive.log.TilePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * The end of the log that is still in motion; it never changes, growing gives a new one.
 *
 * @param edge the incomplete tiles
 * @param open the entries of the incomplete bundle
 */
record LogTail(RightEdge edge, List<byte[]> open) {

    /** 16 MiB of entries of 1 KiB: more in one commit is no faster and would hold up the live checkpoint. */
    static final int MAX_BUNDLES = 64;

    private static final String BUNDLES = "tile/entries/";

    LogTail {
        open = List.copyOf(open);
    }

    /**
     * The tail after growing.
     *
     * @param tail the new tail
     * @param completed what became complete, by its key, in the order it is written
     */
    record Growth(LogTail tail, SequencedMap<String, byte[]> completed) {

        /** The same by how long each is kept; what proves entries is kept as long as any entry. */
        SequencedMap<Duration, SequencedMap<String, byte[]>> completedByRetention(SealSettings settings) {
            SequencedMap<Duration, SequencedMap<String, byte[]>> kept = new LinkedHashMap<>();
            completed.forEach((key, bytes) -> {
                Duration keep = key.startsWith(BUNDLES)
                        ? settings.classes().of(bytes, settings.retention())
                        : settings.longest();
                kept.computeIfAbsent(keep, unused -> new LinkedHashMap<>()).put(key, bytes);
            });
            return kept;
        }
    }

    /** Adds entries that stay within the open bundle, or complete it and as many more as they fill exactly. */
    Growth grow(List<byte[]> entries) {
        List<byte[]> waiting = new ArrayList<>(open);
        waiting.addAll(entries);
        RightEdge grown = edge.copy();
        SequencedMap<String, byte[]> completed = new LinkedHashMap<>();
        List<CompleteBundle> bundles = IntStream.range(0, waiting.size() / TilePath.FULL)
                .parallel()
                .mapToObj(i -> waiting.subList(i * TilePath.FULL, (i + 1) * TilePath.FULL))
                .map(CompleteBundle::of)
                .toList();
        long first = edge.size() / TilePath.FULL;
        for (int i = 0; i < bundles.size(); i++) {
            completed.put(
                    TilePath.entries(first + i, TilePath.FULL).path(),
                    bundles.get(i).bytes());
        }
        for (int i = 0; i < bundles.size(); i++) {
            completed.put(
                    new TilePath(0, first + i, TilePath.FULL).path(),
                    bundles.get(i).tile());
            grown.completeTile(bundles.get(i).root(), (tile, bytes) -> completed.put(tile.path(), bytes));
        }
        List<byte[]> rest = waiting.subList(bundles.size() * TilePath.FULL, waiting.size());
        int known = bundles.isEmpty() ? open.size() : 0;
        rest.subList(known, rest.size())
                .forEach(entry -> grown.append(MerkleTree.leaf(entry), (tile, bytes) -> {
                    throw new IllegalStateException(
                            "Expected no complete tile of an open bundle, but got " + tile + ".");
                }));
        return new Growth(new LogTail(grown, rest), completed);
    }

    /** How many of the next {@code waiting} entries one commit takes: up to the end of a bundle, where it can. */
    int nextCommit(int waiting) {
        int room = TilePath.FULL - open.size();
        if (waiting < room) {
            return waiting;
        }
        int bundles = Math.min((waiting - room) / TilePath.FULL, MAX_BUNDLES - 1);
        return room + bundles * TilePath.FULL;
    }

    long size() {
        return edge.size();
    }

    Hash root() {
        return edge.root();
    }

    /** The bytes of the partial tiles and of the partial bundle at this size. */
    Map<TilePath, byte[]> partials() {
        Map<TilePath, byte[]> partials = new LinkedHashMap<>();
        for (TilePath tile : TilePath.partials(size())) {
            partials.put(
                    tile,
                    tile.level() == TilePath.ENTRIES
                            ? EntryBundle.encode(open)
                            : Hash.concatenate(edge.partial(tile.level())));
        }
        return partials;
    }
}
