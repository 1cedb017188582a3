package aether.archive.seal;

import aether.archive.log.EntryBundle;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.RightEdge;
import aether.archive.log.TilePath;
import aether.archive.store.TamperAlarm;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the tail of the log together again from what is locked, and believes none of it before the root agrees. */
final class TailLoader {

    private final WormStore worm;

    TailLoader(WormStore worm) {
        this.worm = worm;
    }

    LogTail load(Head head) throws IOException {
        List<byte[]> open = openEntries(head);
        List<List<Hash>> levels = new ArrayList<>();
        levels.add(open.stream().map(MerkleTree::leaf).toList());
        for (int level = 1; TilePath.hashesAt(level, head.size()) > 0; level++) {
            levels.add(rootsOfTilesBelow(level, head));
        }
        LogTail tail = new LogTail(RightEdge.of(head.size(), levels), open);
        if (!tail.root().equals(head.root())) {
            throw new TamperAlarm("Expected the archive to have root " + head.root() + " at size " + head.size()
                    + ", but its objects give " + tail.root() + ".");
        }
        return tail;
    }

    /** Entries beyond {@code size} that were archived before their head was set; empty when there are none. */
    List<byte[]> stagedAt(long size) throws IOException {
        Optional<byte[]> staged = worm.get(ArchiveKeys.staged(size));
        if (staged.isPresent()) {
            return EntryBundle.decode(staged.get());
        }
        Optional<List<byte[]>> bundle = wholeBundle(size);
        return bundle.isPresent() ? bundle.get().subList((int) (size % TilePath.FULL), TilePath.FULL) : List.of();
    }

    private List<byte[]> openEntries(Head head) throws IOException {
        int width = (int) (head.size() % TilePath.FULL);
        Optional<List<byte[]>> bundle = wholeBundle(head.size());
        if (bundle.isPresent()) {
            return bundle.get().subList(0, width); // we died when it was complete and the head was not set
        }
        long start = head.size() - width;
        List<byte[]> open = new ArrayList<>();
        if (head.sealedSize() > start) {
            TilePath sealed = TilePath.entries(start / TilePath.FULL, (int) (head.sealedSize() - start));
            open.addAll(EntryBundle.decode(require(sealed.path())));
        }
        while (open.size() < width) {
            open.addAll(EntryBundle.decode(require(ArchiveKeys.staged(start + open.size()))));
        }
        if (open.size() != width) {
            throw new TamperAlarm(
                    "Expected staged entries up to " + head.size() + ", but they reach " + (start + open.size()) + ".");
        }
        return open;
    }

    private Optional<List<byte[]>> wholeBundle(long size) throws IOException {
        TilePath bundle = TilePath.entries(size / TilePath.FULL, TilePath.FULL);
        Optional<byte[]> bytes = worm.get(bundle.path());
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        List<byte[]> entries = EntryBundle.decode(bytes.get());
        if (entries.size() != TilePath.FULL) {
            throw new TamperAlarm(
                    "Expected 256 entries in " + bundle.path() + ", but there are " + entries.size() + ".");
        }
        return Optional.of(entries);
    }

    /** Where a tile below was pruned, the newest seal has its root. */
    private List<Hash> rootsOfTilesBelow(int level, Head head) throws IOException {
        long hashes = TilePath.hashesAt(level, head.size());
        long first = hashes / TilePath.FULL * TilePath.FULL;
        List<Hash> sealed = sealedRoots(level, first, head.sealedSize());
        List<Hash> roots = new ArrayList<>();
        for (long index = first; index < hashes; index++) {
            String below = new TilePath(level - 1, index, TilePath.FULL).path();
            Optional<byte[]> tile = worm.get(below);
            if (tile.isEmpty() && roots.size() < sealed.size()) {
                roots.add(sealed.get(roots.size()));
            } else {
                roots.add(MerkleTree.root(Hash.split(tile.isPresent() ? tile.get() : require(below))));
            }
        }
        return roots;
    }

    private List<Hash> sealedRoots(int level, long first, long sealedSize) throws IOException {
        long sealed = TilePath.hashesAt(level, sealedSize);
        if (sealed <= first) {
            return List.of();
        }
        TilePath partial = new TilePath(level, first / TilePath.FULL, (int) (sealed - first));
        return worm.get(partial.path()).map(Hash::split).orElse(List.of());
    }

    private byte[] require(String key) throws IOException {
        return worm.get(key)
                .orElseThrow(() -> new TamperAlarm("Expected " + key + " in the archive, but it is missing."));
    }
}
