package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.TREE;

import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.RightEdge;
import aether.archive.log.TilePath;
import aether.archive.read.ArchiveReader;
import aether.archive.read.EntryReader;
import aether.archive.read.Frontier;
import aether.archive.read.TileCache;
import aether.archive.verify.VerificationRequest.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** L3: derives every tile again from the entries alone and compares; sampling would miss a single flipped bit. */
final class TreeCheck {

    /** So many bundles are handed from thread to thread at once, or waking each other is a tenth of the work. */
    private static final int AT_A_TIME = 8;

    private final ArchiveReader archive;
    private final SealedCheckpoints sealed;
    private final Findings findings;
    private final StreamCheck streams;
    private final long prunedBelow;
    private RightEdge edge = RightEdge.empty();
    private final List<Derived> completed = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // bytes to compare with a file, never compared by equals
    private record Derived(TilePath tile, byte[] bytes) {}

    TreeCheck(ArchiveReader archive, SealedCheckpoints sealed, long prunedBelow, Findings findings) {
        this.archive = archive;
        this.sealed = sealed;
        this.findings = findings;
        this.prunedBelow = prunedBelow;
        this.streams = new StreamCheck(findings, prunedBelow == 0);
    }

    /** Walks all entries of the promised tree. */
    void check(Checkpoint promised, VerificationLevel level, InOrder workers, Progress progress) throws IOException {
        try {
            edge = Frontier.at(prunedBelow, promised.size(), new TileCache(archive)); // proved by the root at the end
        } catch (IllegalStateException e) {
            findings.wrong(
                    TREE,
                    "entry " + prunedBelow,
                    "What stands for the entries below " + prunedBelow + " is not there. " + e.getMessage());
            return;
        }
        EntryReader entries = new EntryReader(archive, promised.size());
        BundleCheck bundles = new BundleCheck(archive, entries, sealed, level);
        long count = (promised.size() + TilePath.FULL - 1) / TilePath.FULL;
        long first = prunedBelow / TilePath.FULL;
        workers.each(
                LongStream.iterate(first, from -> from < count, from -> from + AT_A_TIME)
                        .iterator(),
                from -> deriveFrom(bundles, from, Math.min(count, from + AT_A_TIME)),
                derived -> {
                    for (DerivedBundle bundle : derived) {
                        if (!take(bundle)) {
                            return false;
                        }
                    }
                    progress.at(TREE, edge.size(), promised.size());
                    return true;
                });
        if (edge.size() < promised.size()) {
            return; // nothing behind a hole can be derived
        }
        for (TilePath partial : TilePath.partials(promised.size())) {
            if (partial.level() != TilePath.ENTRIES) {
                comparePartial(partial);
            }
        }
        if (!edge.root().equals(promised.root())) {
            findings.wrong(
                    TREE,
                    "checkpoint",
                    "Expected the entries to give the signed root " + promised.root() + " at size " + promised.size()
                            + ", but they give " + edge.root() + ".");
        }
    }

    private static List<DerivedBundle> deriveFrom(BundleCheck bundles, long from, long to) throws IOException {
        List<DerivedBundle> derived = new ArrayList<>();
        for (long index = from; index < to; index++) {
            derived.add(bundles.derive(index));
            if (!derived.getLast().isReadable()) {
                break; // nothing behind a hole can be derived
            }
        }
        return derived;
    }

    private boolean take(DerivedBundle bundle) throws IOException {
        findings.addAll(bundle.findings());
        if (!bundle.isReadable()) {
            return false;
        }
        streams.follow(bundle.places());
        for (Map.Entry<Long, Hash> at : bundle.rootsAt().entrySet()) {
            requirePromisedRoot(at.getKey(), edge.rootWith(at.getValue()));
        }
        if (bundle.leaves().size() == TilePath.FULL) {
            edge.appendTile(bundle.root(), (tile, bytes) -> completed.add(new Derived(tile, bytes)));
        } else {
            bundle.leaves()
                    .forEach(leaf -> edge.append(leaf, (tile, bytes) -> completed.add(new Derived(tile, bytes))));
        }
        for (Derived tile : completed) {
            boolean ignored = TileCheck.compare(archive, tile.tile().path(), tile.bytes(), findings);
            compareForms(tile.tile(), tile.bytes());
        }
        completed.clear();
        return true;
    }

    private void requirePromisedRoot(long size, Hash derived) throws IOException {
        Optional<Hash> root = sealed.root(size);
        if (root.isPresent() && !root.get().equals(derived)) {
            findings.wrong(
                    TREE,
                    SealedCheckpoints.key(size),
                    "Expected the entries to give the sealed root " + root.get() + " at size " + size
                            + ", but they give " + derived + ".");
        }
    }

    private void comparePartial(TilePath partial) throws IOException {
        byte[] derived = Hash.concatenate(edge.partial(partial.level()));
        String fullKey = partial.full().path();
        Optional<byte[]> full = archive.read(fullKey);
        if (full.isPresent()) { // already replaced by entries that are not promised yet
            if (full.get().length < derived.length
                    || !Arrays.equals(Arrays.copyOf(full.get(), derived.length), derived)) {
                findings.wrong(
                        TREE,
                        fullKey,
                        "Expected " + fullKey + " to begin with the hashes of the entries, but it does not.");
            }
            return;
        }
        if (archive.read(partial.path()).isEmpty()) {
            findings.wrong(TREE, partial.path(), "Expected " + partial.path() + ", but it is missing.");
        }
        if (partial.level() == 0) {
            TileCheck.nameEntries(archive, partial, edge.partial(0), findings);
        }
        compareForms(partial, derived); // its own among them
    }

    private void compareForms(TilePath tile, byte[] derived) throws IOException {
        TileCheck.compareForms(
                archive,
                tile,
                derived.length / Hash.BYTES,
                width -> Arrays.copyOf(derived, width * Hash.BYTES),
                findings);
    }
}
