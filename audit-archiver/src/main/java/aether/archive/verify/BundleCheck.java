package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.DOMAIN;
import static aether.archive.verify.VerificationLevel.TREE;

import aether.archive.log.BundleView;
import aether.archive.log.CompactRange;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.TilePath;
import aether.archive.read.ArchiveReader;
import aether.archive.read.EntryReader;
import aether.archive.read.ReadBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Derives what follows from one bundle, and compares it with what lies beside it. Any thread may, one bundle each. */
final class BundleCheck {

    private final ArchiveReader archive;
    private final EntryReader entries;
    private final SealedCheckpoints sealed;
    private final VerificationLevel level;
    private final ThreadLocal<ReadBuffer> room = ThreadLocal.withInitial(ReadBuffer::new);

    BundleCheck(ArchiveReader archive, EntryReader entries, SealedCheckpoints sealed, VerificationLevel level) {
        this.archive = archive;
        this.entries = entries;
        this.sealed = sealed;
        this.level = level;
    }

    DerivedBundle derive(long index) throws IOException {
        Findings findings = new Findings();
        long start = index * TilePath.FULL;
        BundleView held;
        try {
            held = entries.view(index, room.get());
        } catch (IllegalStateException e) {
            int width = (int) Math.min(TilePath.FULL, entries.size() - start);
            findings.wrong(TREE, TilePath.entries(index, width).path(), String.valueOf(e.getMessage()));
            return DerivedBundle.unreadable(MerkleTree.emptyRoot(), findings);
        }
        byte[] tile = held.leaves();
        List<Hash> leaves = Hash.split(tile);
        SortedMap<Long, Hash> rootsAt = rootsAt(sealed.sizesWithin(start + 1, start + held.size()), start, leaves);
        compare(new TilePath(0, index, TilePath.FULL), leaves, tile, findings);
        compareForms(TilePath.entries(index, TilePath.FULL), held, findings);
        compareStaged(index, held, findings);
        return new DerivedBundle(leaves, root(leaves, tile), rootsAt, places(start, held, findings), findings);
    }

    private static Hash root(List<Hash> leaves, byte[] tile) {
        return leaves.size() == TilePath.FULL ? MerkleTree.rootOfTile(tile) : MerkleTree.root(leaves);
    }

    private static SortedMap<Long, Hash> rootsAt(long[] sizes, long start, List<Hash> leaves) {
        SortedMap<Long, Hash> rootsAt = new TreeMap<>();
        CompactRange range = new CompactRange();
        int appended = 0;
        for (long size : sizes) {
            while (start + appended < size) {
                range.append(leaves.get(appended++));
            }
            rootsAt.put(size, range.root());
        }
        return rootsAt;
    }

    private List<EntryPlace> places(long start, BundleView held, Findings findings) {
        List<EntryPlace> places = new ArrayList<>();
        if (level.includes(DOMAIN)) {
            EntryCheck check = new EntryCheck(findings);
            for (int i = 0; i < held.size(); i++) {
                places.add(check.placeOf(start + i, held.entry(i)));
            }
        }
        return places;
    }

    private void compare(TilePath tile, List<Hash> leaves, byte[] derived, Findings findings) throws IOException {
        if (leaves.size() == TilePath.FULL) {
            if (!TileCheck.compare(archive, tile.path(), derived, findings)) {
                TileCheck.nameEntries(archive, tile, leaves, findings);
            }
            TileCheck.compareForms(
                    archive, tile, leaves.size(), width -> Arrays.copyOf(derived, width * Hash.BYTES), findings);
        }
    }

    private void compareForms(TilePath bundle, BundleView held, Findings findings) throws IOException {
        TileCheck.compareForms(archive, bundle, held.size(), width -> held.bytes(0, width), findings);
    }

    private void compareStaged(long index, BundleView held, Findings findings) throws IOException {
        TilePath bundle = TilePath.entries(index, TilePath.FULL);
        long start = index * TilePath.FULL;
        for (String key : archive.children("staged/" + bundle.indexPath() + "/")) {
            try {
                int from = (int) (Long.parseLong(key.substring(key.lastIndexOf('/') + 1)) - start);
                if (from >= held.size()) {
                    continue; // staged since the checkpoint that is checked: an archive that lives grows meanwhile
                }
                BundleView repeated = BundleView.of(archive.read(key).orElse(new byte[0]));
                int known = Math.min(repeated.size(), held.size() - from);
                if (!Arrays.equals(repeated.bytes(0, known), held.bytes(from, from + known))) {
                    findings.wrong(
                            TREE,
                            key,
                            "Expected " + key + " to repeat the entries from " + (start + from)
                                    + " on, but it holds others.");
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                findings.wrong(TREE, key, "The staged entries in " + key + " are unreadable. " + e.getMessage());
            }
        }
    }
}
