package aether.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.EpochBase;
import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.Signer;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log that has lost its end: 400 entries were signed, 310 are left, 300 of them sealed. Every signature that is ever
 * made is looked at: one name never has two roots at one size.
 */
public final class EpochWorld extends KeyedWorld {

    /** How many entries are left. */
    public static final long LEFT = 310;

    /** How many of them are sealed. */
    public static final long SEALED = 300;

    /** How many there were. */
    public static final long WITNESSED = 400;

    private final Map<String, Hash> signed = new HashMap<>();
    private final List<Checkpoint> byOldKey = new ArrayList<>();

    /** The first epoch's key. */
    public final Signer old = new WatchedSigner(signer("old", LOG), this::look);

    /** The second epoch's key. */
    public final Signer young = new WatchedSigner(signer("young", LOG + "/epoch-2"), this::look);

    /** A world in which the loss has just happened; the head, the live objects and the topic are gone too. */
    public EpochWorld() throws IOException {
        Sealer first = open(old);
        first.append(SealWorld.entries(0, SEALED));
        first.seal(SealWorld.offsets(SEALED));
        first.append(SealWorld.entries(SEALED, LEFT));
        first.publish();
        // What came after this is known only by what others have kept of it.
        loseLive();
        world.heads.lose();
        signed.put(LOG + " " + WITNESSED, SealWorld.root(WITNESSED));
    }

    private void look(Checkpoint checkpoint) {
        Hash before = signed.putIfAbsent(checkpoint.origin() + " " + checkpoint.size(), checkpoint.root());
        assertThat(before == null ? checkpoint.root() : before)
                .as("the root of %s at size %d", checkpoint.origin(), checkpoint.size())
                .isEqualTo(checkpoint.root());
        if (checkpoint.origin().equals(LOG)) {
            byOldKey.add(checkpoint);
        }
    }

    /** A checkpoint by a key. */
    public static String checkpoint(Signer signer, long size, Hash root) {
        return new Checkpoint(signer.verifierKey().name(), size, root)
                .sign(signer)
                .format();
    }

    /** What somebody has kept of the log. */
    public static String evidence() {
        return checkpoint(signer("old", LOG), WITNESSED, SealWorld.root(WITNESSED));
    }

    /** The second epoch as it waits. */
    public NextEpoch next() {
        return next(young, evidence());
    }

    /** An epoch that waits. */
    public NextEpoch next(Signer signer, String evidence) {
        return new NextEpoch(signer, SealWorld.START.plus(Duration.ofDays(1)), "disaster", "case-7", evidence);
    }

    /** Begins an epoch. */
    public Sealer begin(NextEpoch next) throws IOException {
        return begin(world.heads, next);
    }

    /** The same with the head elsewhere. */
    public Sealer begin(HeadStore heads, NextEpoch next) throws IOException {
        return new EpochStart(stores(heads), next, SealSettings.DEFAULTS, () -> world.now).begin(base -> {});
    }

    private ArchiveStores stores(HeadStore heads) {
        return new ArchiveStores(world.worm, world.live, heads);
    }

    /** Opens the log. */
    public Sealer open(Signer signer) throws IOException {
        return open(world.heads, SigningKeys.of(signer), List.of());
    }

    /** Opens the log with more around it. */
    public Sealer open(HeadStore heads, SigningKeys keys, List<SeenCheckpoint> seen) throws IOException {
        return Sealer.open(
                stores(heads),
                keys,
                new SeenElsewhere(seen, StillToCome.NOTHING),
                SealSettings.DEFAULTS,
                () -> world.now);
    }

    /** The entries of a position range in a log that goes on otherwise from some size on. */
    public static List<byte[]> entries(long from, long to, long otherwiseFrom) {
        List<byte[]> entries = new ArrayList<>();
        for (long position = from; position < to; position++) {
            entries.add(
                    position < otherwiseFrom
                            ? SealWorld.entry(position)
                            : SealWorld.entry(position, "after-" + otherwiseFrom, position - otherwiseFrom));
        }
        return entries;
    }

    /** The root over the first entries of a log that goes on otherwise after the loss. */
    public static Hash root(long size) {
        return MerkleTree.root(
                entries(0, size, LEFT).stream().map(MerkleTree::leaf).toList());
    }

    /** Archives other entries after the loss, and seals. */
    public void grow(Sealer sealer, long size) throws IOException {
        sealer.append(entries(sealer.size(), size, LEFT));
        sealer.publish();
        sealer.seal(SealWorld.offsets(size));
    }

    /** What the old key has signed since this list was emptied. */
    public List<Checkpoint> byOldKey() {
        return byOldKey;
    }

    /** The base that is in the archive. */
    public EpochBase base() throws IOException {
        return ArchivedKeys.require(world.worm).bases().getLast();
    }

    /** What a stranger finds who brings this key. */
    public VerificationReport verify(@Nullable Signer brought) throws IOException {
        return found(brought == null ? null : brought.verifierKey());
    }

    /** Nothing is wrong, whoever looks. */
    public void requireIntact(long size) throws IOException {
        for (Signer brought : List.of(old, young)) {
            requireIntact(brought.verifierKey(), size, root(size));
        }
    }

    /** The bucket without locks is gone. */
    public void loseLive() {
        world.live.objects().clear();
    }

    /** So much time goes by. */
    public void passes(Duration time) {
        world.passes(time);
    }
}
