package aether.archive.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.EpochBase;
import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.Ed25519Signer;
import aether.archive.log.Hash;
import aether.archive.log.HybridSigner;
import aether.archive.log.MerkleTree;
import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.store.FailureSwitch;
import aether.archive.store.InMemoryLiveStore;
import aether.archive.store.InMemoryWormStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log that has lost its end: 400 entries were signed, 310 are left, 300 of them sealed. Every signature that is ever
 * made is looked at: one name never has two roots at one size.
 */
public final class EpochWorld {

    /** The log's name. */
    public static final String LOG = "audit.test/log";

    /** How many entries are left. */
    public static final long LEFT = 310;

    /** How many of them are sealed. */
    public static final long SEALED = 300;

    /** How many there were. */
    public static final long WITNESSED = 400;

    private final SealWorld world = new SealWorld();
    private final Map<String, Hash> signed = new HashMap<>();
    private final List<Checkpoint> byOldKey = new ArrayList<>();

    /** The first epoch's key. */
    public final Signer old = new Recording("old", LOG);

    /** The second epoch's key. */
    public final Signer young = new Recording("young", LOG + "/epoch-2");

    private final class Recording implements Signer {
        private final Signer signer;

        Recording(String seed, String origin) {
            this.signer = signer(seed, origin);
        }

        @Override
        public VerifierKey verifierKey() {
            return signer.verifierKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            String text = new String(message, UTF_8);
            if (text.startsWith(verifierKey().name() + "\n")) {
                Checkpoint checkpoint = Checkpoint.parse(text);
                Hash before = signed.putIfAbsent(checkpoint.origin() + " " + checkpoint.size(), checkpoint.root());
                assertThat(before == null ? checkpoint.root() : before)
                        .as("the root of %s at size %d", checkpoint.origin(), checkpoint.size())
                        .isEqualTo(checkpoint.root());
                if (verifierKey().name().equals(LOG)) {
                    byOldKey.add(checkpoint);
                }
            }
            return signer.sign(message);
        }

        @Override
        public Optional<Cosigner> mlDsa44() {
            return signer.mlDsa44();
        }
    }

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

    /** A key made of a word. */
    public static Signer signer(String seed, String origin) {
        return HybridSigner.parse(
                Ed25519Signer.format(origin, Hash.sha256(seed.getBytes(UTF_8)).bytes()));
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
        return ArchiveVerifier.verify(
                reader(), VerificationRequest.everything(brought == null ? null : brought.verifierKey()));
    }

    /** Nothing is wrong, whoever looks. */
    public void requireIntact(long size) throws IOException {
        for (Signer brought : List.of(old, young)) {
            VerificationReport report = verify(brought);
            assertThat(report.sentences()).as(brought.verifierKey().vkey()).isEmpty();
            assertThat(report.entries()).isEqualTo(size);
            assertThat(report.root()).isEqualTo(root(size).base64());
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

    /** What time it is. */
    public Instant now() {
        return world.now;
    }

    /** What makes the stores fail. */
    public FailureSwitch failures() {
        return world.failures;
    }

    /** The head. */
    public InMemoryHeadStore heads() {
        return world.heads;
    }

    /** The locked objects. */
    public InMemoryWormStore worm() {
        return world.worm;
    }

    /** The others. */
    public InMemoryLiveStore live() {
        return world.live;
    }

    /** The archive as a stranger reads it. */
    public ArchiveReader reader() {
        return world.reader();
    }
}
