package aether.archive.verify;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.log.BundleView;
import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.RightEdge;
import aether.archive.log.TilePath;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.read.EntryReader;
import aether.archive.read.PrunedLog;
import aether.archive.read.TileCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries that the newest signed checkpoint promises, handed out one after the other and hashed on the way: whoever
 * has had them all without an exception has had exactly what was signed. Until then nothing of it may be relied on.
 */
public final class PromisedEntries {

    private static final String LIVE = "checkpoint";

    private final ArchiveReader archive;
    private final Checkpoint promised;
    private final boolean independent;

    private PromisedEntries(ArchiveReader archive, Checkpoint promised, boolean independent) {
        this.archive = archive;
        this.promised = promised;
        this.independent = independent;
    }

    /** What is done with each entry. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes the entry at a position.
         *
         * @throws IOException to end it
         */
        void visit(long position, byte[] entry) throws IOException;
    }

    /**
     * Finds the newest checkpoint, be it published or sealed.
     *
     * @param key the log's key as the reader got it from elsewhere; null to take the one in the archive
     * @throws IllegalStateException when there is no checkpoint signed with the key
     */
    public static PromisedEntries of(ArchiveReader archive, @Nullable VerifierKey key) throws IOException {
        KeyChain trusted = ArchivedKeys.require(archive, key);
        List<String> sealed = archive.children(SealedCheckpoints.PREFIX);
        List<String> objects = new ArrayList<>(sealed.isEmpty() ? List.of() : List.of(sealed.getLast()));
        if (objects.isEmpty() || archive.read(LIVE).isPresent()) {
            objects.add(LIVE); // who has lost it falls back to what was sealed
        }
        Findings findings = new Findings();
        SignatureCheck signatures = new SignatureCheck(archive);
        Checkpoint newest = null;
        for (String object : objects) {
            Optional<Checkpoint> signed = signatures.checkpoint(object, trusted, findings);
            if (signed.isPresent()
                    && (newest == null || newest.size() < signed.get().size())) {
                newest = signed.get();
            }
        }
        if (!findings.wrong().isEmpty() || newest == null) {
            throw new IllegalStateException(findings.wrong().getFirst().sentence());
        }
        return new PromisedEntries(
                archive, newest, key != null && trusted.baseAfter(key).isEmpty());
    }

    /** How many there are. */
    public long size() {
        return promised.size();
    }

    /** The signed root. */
    public Hash root() {
        return promised.root();
    }

    /** Whether the reader brought the key. */
    public boolean isIndependent() {
        return independent;
    }

    /**
     * Hands out all of them in order.
     *
     * @throws IllegalStateException when one is not what was signed; also at the end, when all together are not
     */
    public void forEach(Visitor visitor) throws IOException {
        long pruned = PrunedLog.below(archive.children(PrunedLog.PREFIX));
        if (pruned > 0) {
            throw new IllegalStateException("Expected every entry from the first on, but those below " + pruned
                    + " were pruned when their time was over: a log cannot be made again from the rest alone.");
        }
        EntryReader entries = new EntryReader(archive, size());
        TileCache tiles = new TileCache(archive);
        RightEdge edge = RightEdge.empty();
        for (long bundle = 0; bundle * TilePath.FULL < size(); bundle++) {
            BundleView held = entries.view(bundle);
            List<Hash> leaves = leaves(tiles, bundle, held.size());
            for (int i = 0; i < held.size(); i++) {
                Hash leaf = held.leaf(i);
                long position = edge.size();
                if (!leaf.equals(leaves.get(i))) {
                    throw new IllegalStateException("Expected entry " + position + " to give the hash that its tile"
                            + " has for it, but it does not: the archive is damaged there. 'aether audit verify' says"
                            + " more.");
                }
                edge.append(leaf, (tile, bytes) -> {});
                visitor.visit(position, held.entry(i));
            }
        }
        if (!edge.root().equals(root())) {
            throw new IllegalStateException("Expected the entries to give the signed root " + root() + " at size "
                    + size() + ", but they give " + edge.root() + ": the archive is not what was signed.");
        }
    }

    private static List<Hash> leaves(TileCache tiles, long bundle, int width) throws IOException {
        try {
            return tiles.hashes(new TilePath(0, bundle, width));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
