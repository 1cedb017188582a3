package aether.archive.verify;

import aether.archive.log.Checkpoint;
import aether.archive.log.EntryBundle;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.RightEdge;
import aether.archive.log.TilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** L3: derives every tile again from the entries alone and compares; sampling would miss a single flipped bit. */
final class TreeCheck {

    private final ArchiveReader archive;
    private final Findings findings;
    private final PositionCheck positions;
    private final RightEdge edge = RightEdge.empty();
    private final List<Derived> completed = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // bytes to compare with a file, never compared by equals
    private record Derived(TilePath tile, byte[] bytes) {}

    TreeCheck(ArchiveReader archive, Findings findings) {
        this.archive = archive;
        this.findings = findings;
        this.positions = new PositionCheck(findings);
    }

    /**
     * Walks all entries of the promised tree.
     *
     * @param rootsPromisedAt what seals promise about a size; asked once for every size, in order
     */
    void check(Checkpoint promised, LongFunction<List<Checkpoint>> rootsPromisedAt) throws IOException {
        for (long bundle = 0; bundle * TilePath.FULL < promised.size(); bundle++) {
            int width = (int) Math.min(TilePath.FULL, promised.size() - bundle * TilePath.FULL);
            Optional<List<byte[]>> entries = entries(TilePath.entries(bundle, width));
            if (entries.isEmpty()) {
                return; // nothing behind a hole can be derived
            }
            walk(bundle, entries.get(), rootsPromisedAt);
        }
        for (TilePath partial : TilePath.partials(promised.size())) {
            if (partial.level() != TilePath.ENTRIES) {
                comparePartial(partial);
            }
        }
        if (!edge.root().equals(promised.root())) {
            findings.wrong("Expected the entries to give the signed root " + promised.root() + " at size "
                    + promised.size() + ", but they give " + edge.root() + ".");
        }
    }

    private void walk(long bundle, List<byte[]> entries, LongFunction<List<Checkpoint>> rootsPromisedAt)
            throws IOException {
        for (byte[] entry : entries) {
            positions.check(edge.size(), entry);
            edge.append(MerkleTree.leaf(entry), (tile, bytes) -> completed.add(new Derived(tile, bytes)));
            for (Checkpoint sealed : rootsPromisedAt.apply(edge.size())) {
                if (!sealed.root().equals(edge.root())) {
                    findings.wrong("Expected the entries to give the sealed root " + sealed.root() + " at size "
                            + edge.size() + ", but they give " + edge.root() + ".");
                }
            }
        }
        for (Derived tile : completed) {
            compare(tile.tile().path(), tile.bytes());
            comparePartialForms(tile.tile(), width -> Arrays.copyOf(tile.bytes(), (int) width * Hash.BYTES));
        }
        completed.clear();
        TilePath full = TilePath.entries(bundle, TilePath.FULL);
        comparePartialForms(
                full, width -> EntryBundle.encode(entries.subList(0, Math.min(entries.size(), (int) width))));
        compareStaged(full, entries);
    }

    private Optional<List<byte[]>> entries(TilePath bundle) throws IOException {
        Optional<byte[]> bytes = archive.read(bundle.full().path());
        if (bytes.isEmpty()) {
            bytes = archive.read(bundle.path());
        }
        if (bytes.isEmpty()) {
            findings.wrong("Expected entries in " + bundle.path() + ", but there are none.");
            return Optional.empty();
        }
        try {
            List<byte[]> entries = EntryBundle.decode(bytes.get());
            if (entries.size() < bundle.width()) {
                findings.wrong("Expected " + bundle.width() + " entries in " + bundle.path() + ", but there are "
                        + entries.size() + ".");
                return Optional.empty();
            }
            return Optional.of(entries.subList(0, bundle.width()));
        } catch (IllegalArgumentException e) {
            findings.wrong("The bundle " + bundle.path() + " is unreadable. " + e.getMessage());
            return Optional.empty();
        }
    }

    private void comparePartial(TilePath partial) throws IOException {
        byte[] derived = Hash.concatenate(edge.partial(partial.level()));
        Optional<byte[]> full = archive.read(partial.full().path());
        if (full.isPresent()) { // already replaced by entries that are not promised yet
            if (full.get().length < derived.length
                    || !Arrays.equals(Arrays.copyOf(full.get(), derived.length), derived)) {
                findings.wrong("Expected " + partial.full().path() + " to begin with the hashes of the entries, "
                        + "but it does not.");
            }
            return;
        }
        compare(partial.path(), derived);
        comparePartialForms(
                partial, width -> Arrays.copyOf(derived, (int) Math.min(derived.length, width * Hash.BYTES)));
    }

    /** Old partial forms of a tile stay for those who hold an old checkpoint; they must tell the same story. */
    private void comparePartialForms(TilePath tile, LongFunction<byte[]> derivedOfWidth) throws IOException {
        for (String key : archive.children(tile.partialPrefix())) {
            Optional<TilePath> partial = TilePath.parse(key);
            long known = TilePath.hashesAt(tile.level(), edge.size()) - tile.index() * TilePath.FULL;
            if (partial.isPresent() && partial.get().width() <= known) {
                compare(key, derivedOfWidth.apply(partial.get().width()));
            }
        }
    }

    private void compareStaged(TilePath bundle, List<byte[]> entries) throws IOException {
        long start = bundle.index() * TilePath.FULL;
        for (String key : archive.children("staged/" + bundle.indexPath() + "/")) {
            byte[] staged = archive.read(key).orElseThrow();
            try {
                int from = (int) (Long.parseLong(key.substring(key.lastIndexOf('/') + 1)) - start);
                List<byte[]> repeated = EntryBundle.decode(staged);
                for (int i = 0; i < repeated.size() && from + i < entries.size(); i++) {
                    if (!Arrays.equals(repeated.get(i), entries.get(from + i))) {
                        findings.wrong("Expected " + key + " to repeat entry " + (start + from + i)
                                + ", but it holds another one.");
                    }
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                findings.wrong("The staged entries in " + key + " are unreadable. " + e.getMessage());
            }
        }
    }

    private void compare(String key, byte[] derived) throws IOException {
        Optional<byte[]> present = archive.read(key);
        if (present.isEmpty()) {
            findings.wrong("Expected " + key + ", but it is missing.");
        } else if (!Arrays.equals(present.get(), derived)) {
            findings.wrong("Expected " + key + " to hold what follows from the entries, but it holds something else.");
        }
    }
}
