package aether.archive.prune;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.ProofBuilder;
import aether.archive.log.RightEdge;
import aether.archive.log.SignedNote;
import aether.archive.log.Signer;
import aether.archive.log.TilePath;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.read.Frontier;
import aether.archive.read.KeptFor;
import aether.archive.read.PrunedLog;
import aether.archive.read.TileCache;
import aether.archive.store.Custody;
import aether.archive.store.ObjectLock;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prunes a log (C2SP tlog-tiles): entry bundles and tiles whose last entry is below the minimum index may go, once
 * every entry below it has been kept for as long as it had to be and no legal hold is on it. The statement comes first
 * and stays; a kill between it and the last removal leaves the rest to the next run.
 */
public final class Pruner {

    private static final String CHECKPOINTS = "checkpoints/";
    private static final String STAGED = "staged/";

    /** A tile of this level spans more entries than a long counts. */
    private static final int TOP = 7;

    private final ArchiveReader archive;
    private final WormStore worm;
    private final Custody custody;
    private final KeyChain keys;
    private final Instant now;
    private final Checkpoint sealed;
    private final long before;
    private final KeptFor kept;

    private Pruner(ArchiveReader archive, WormStore worm, Custody custody, VerifierKey key, Instant now)
            throws IOException {
        this.archive = archive;
        this.worm = worm;
        this.custody = custody;
        this.keys = ArchivedKeys.require(archive, key);
        this.now = now;
        this.sealed = newest(archive, keys);
        this.before = PrunedLog.below(archive.children(PrunedLog.PREFIX));
        this.kept = new KeptFor(archive);
    }

    /**
     * Looks at an archive.
     *
     * @param key a key of the log
     * @param now by this clock retention must have ended
     * @throws IllegalStateException when there is no sealed checkpoint signed with the key
     */
    public static Pruner of(ArchiveReader archive, WormStore worm, Custody custody, VerifierKey key, Instant now)
            throws IOException {
        return new Pruner(archive, worm, custody, key, now);
    }

    private static Checkpoint newest(ArchiveReader archive, KeyChain keys) throws IOException {
        List<String> all = archive.children(CHECKPOINTS);
        if (all.isEmpty()) {
            throw new IllegalStateException("Expected a sealed checkpoint, but there is none: nothing can be old.");
        }
        byte[] bytes = archive.read(all.getLast())
                .orElseThrow(() -> new IllegalStateException("Expected " + all.getLast() + ", but it is missing."));
        SignedNote note = SignedNote.parse(new String(bytes, StandardCharsets.UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (keys.signer(note, checkpoint).isEmpty()) {
            throw new IllegalStateException(keys.refusal(all.getLast(), note, checkpoint));
        }
        return checkpoint;
    }

    /** What may go; changes nothing. */
    public PrunePlan plan() throws IOException {
        long below = before;
        String stopped = null;
        while (stopped == null) {
            stopped = below + TilePath.FULL > sealed.size()
                    ? "The next entries are the newest, and their bundle is not full and sealed."
                    : obstacle(below);
            if (stopped == null) {
                below += TilePath.FULL;
            }
        }
        long minimum = below;
        long[] objects = new long[1];
        archive.forEachKey(object -> objects[0] += mayGo(object, minimum) ? 1 : 0);
        return new PrunePlan(before, below, sealed.size(), objects[0], stopped);
    }

    /** Why the bundle that begins at an entry has to stay; null when it may go. */
    private @Nullable String obstacle(long start) throws IOException {
        String bundle = TilePath.entries(start / TilePath.FULL, TilePath.FULL).path();
        Optional<ObjectLock> lock = worm.lock(bundle);
        if (lock.isEmpty()) {
            return "Entry " + start + " is in " + bundle + ", which is missing or has no lock: that is no case for"
                    + " pruning but for 'aether audit verify'.";
        }
        if (lock.get().until().isAfter(now)) {
            return "Entry " + start + " is kept until " + lock.get().until() + ".";
        }
        if (custody.isHeld(bundle)) {
            return "Entry " + start + " is under a legal hold.";
        }
        Optional<Instant> sealedAt = kept.sealedAt(start + TilePath.FULL);
        if (sealedAt.isEmpty() || kept.until(sealedAt.get()).isAfter(now)) {
            return "Entry " + start + " was sealed at "
                    + sealedAt.map(Instant::toString).orElse("no time that is known")
                    + " and has to be kept for " + kept.shortest() + ".";
        }
        return null;
    }

    /**
     * Removes what the plan says.
     *
     * @param signer signs with the log's present key
     * @throws IllegalStateException when the signer or the clock is of another time, or the tiles do not prove what is
     *     to go; nothing was removed then
     */
    public PruneResult prune(PrunePlan plan, Signer signer) throws IOException {
        if (plan.isEmpty()) {
            return new PruneResult(plan.before(), 0, 0);
        }
        VerifierKey present = keys.keyAt(now).key();
        if (!present.equals(keys.present().key()) || !signer.verifierKey().equals(present)) {
            throw new IllegalStateException(
                    "Expected the private key of " + keys.present().key().vkey()
                            + ", with which the log is signed, and a time since it is, but got that of "
                            + signer.verifierKey().vkey() + " at " + now + ".");
        }
        if (plan.below() > before) {
            state(plan.below(), signer);
        }
        long[] counts = new long[2];
        try {
            archive.forEachKey(object -> {
                if (mayGo(object, plan.below())) {
                    counts[remove(object) ? 0 : 1]++;
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new PruneResult(plan.below(), counts[0], counts[1]);
    }

    /** Removes an object; false when it has to stay, as a tile that is younger than its entries. */
    private boolean remove(String object) {
        try {
            custody.remove(object, now);
            return true;
        } catch (Custody.StillKept e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void state(long below, Signer signer) throws IOException {
        RightEdge edge = Frontier.at(below, sealed.size(), new TileCache(archive));
        Hash root = edge.root();
        boolean proven = below == sealed.size()
                ? root.equals(sealed.root())
                : new ProofBuilder(new TileCache(archive), sealed.size())
                        .consistency(below)
                        .proves(root, sealed.root());
        if (!proven) {
            throw new IllegalStateException("Expected the tiles to prove that the first " + below
                    + " entries are the beginning of the sealed log, but they do not: the archive is damaged, and"
                    + " nothing was removed. 'aether audit verify' says where.");
        }
        Instant sealedAt = kept.sealedAt(below).orElseThrow();
        PrunedLog statement = new PrunedLog(keys.origin(), below, root, sealedAt, now);
        worm.put(statement.key(), statement.sign(signer), kept.longestFrom(now).plus(KeptFor.MARGIN));
    }

    /** Whether all that an object tells is of entries below the minimum index. */
    private static boolean mayGo(String object, long below) {
        Optional<TilePath> tile = tile(object);
        if (tile.isPresent()) {
            int level = Math.max(0, tile.get().level());
            return level < TOP && tile.get().index() < TilePath.hashesAt(level + 1, below);
        }
        if (object.startsWith(STAGED)) {
            String start = object.substring(object.lastIndexOf('/') + 1);
            return start.matches("\\d{20}") && Long.parseLong(start) < below;
        }
        return false;
    }

    private static Optional<TilePath> tile(String object) {
        try {
            return TilePath.parse(object);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
