package aether.archive.seal;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.EpochBase;
import aether.archive.keys.KeyChain;
import aether.archive.keys.KeyObjects;
import aether.archive.keys.LogKey;
import aether.archive.keys.SecondKeys;
import aether.archive.keys.Succession;
import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import aether.archive.log.Signer;
import aether.archive.log.TileReader;
import aether.archive.read.KeptFor;
import aether.archive.read.SecondKey;
import aether.archive.store.TamperAlarm;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the newest valid state of the log, and refuses to go on from anything else. */
final class Opening {

    private final ArchiveStores stores;
    private final SigningKeys keys;
    private final SealSettings settings;
    private final InstantSource time;
    private final KeyChain chain;

    Opening(ArchiveStores stores, SigningKeys keys, SealSettings settings, InstantSource time) throws IOException {
        this.stores = stores;
        this.keys = keys;
        this.chain = readKeys(stores.worm(), keys);
        this.settings = settings;
        this.time = time;
    }

    /**
     * The state.
     *
     * @param chain the log's keys
     * @param signer the one that signs now
     * @param begun the handing over that the head speaks of and that is not in the archive yet; null when there is none
     */
    record Found(
            Head head,
            LogTail tail,
            KafkaOffsets offsets,
            Hash sealedRoot,
            SealClock clock,
            long publishedSize,
            KeyChain chain,
            Signer signer,
            @Nullable Handover begun) {}

    private static KeyChain readKeys(WormStore worm, SigningKeys keys) throws IOException {
        if (worm.list(KeyChain.PREFIX).isEmpty()) {
            return KeyChain.of(keys.signer().verifierKey());
        }
        try {
            return ArchivedKeys.require(worm);
        } catch (IllegalStateException e) {
            throw new TamperAlarm(String.valueOf(e.getMessage()));
        }
    }

    /** The log's keys. */
    KeyChain chain() {
        return chain;
    }

    /** What signs with the log's present key. */
    private Signer presentSigner() throws IOException {
        LogKey present = chain.present();
        Signer signer = keys.signerOf(present.key());
        if (signer != null) {
            return signer;
        }
        String has = keys.signer().verifierKey().vkey();
        Succession by = present.by();
        if (by == null) {
            throw new TamperAlarm("Expected the key the archive began with, "
                    + present.key().vkey() + ", but the signer has " + has + ".");
        }
        throw new MissingKey("Expected the key " + present.key().vkey() + ", with which the log is signed from size "
                + present.from() + " on (" + by.object() + "), but this archiver has "
                + (chain.holds(keys.signer().verifierKey()) ? "an earlier one, " : "another one, ") + has + "."
                + (chain.baseAfter(keys.signer().verifierKey()).isPresent()
                        ? " A new epoch has begun after a loss, and the old key never signs again: put the new key's file"
                                + " in its place."
                        : ""));
    }

    Found find() throws IOException {
        return find(presentSigner(), null);
    }

    /**
     * The state on which a new epoch is to be built; nothing is signed on the way, and nothing may be with what it has.
     */
    Found findFor(NextEpoch epoch) throws IOException {
        return find(epoch.signer(), epoch);
    }

    private Found find(Signer signer, @Nullable NextEpoch epoch) throws IOException {
        Head head = stores.heads().read();
        if (head.equals(Head.EMPTY)) {
            head = headFromNewestSeal();
        }
        KafkaOffsets offsets = KafkaOffsets.NONE;
        Hash sealedRoot = MerkleTree.emptyRoot();
        SealClock clock = new SealClock(time, Instant.EPOCH, false);
        Handover begun = null;
        if (head.sealedSize() > 0) {
            Seal seal = sealAt(head.sealedSize());
            if (epoch == null && !head.sealHash().equals(newestLink(seal))) {
                begun = begun(head, seal, signer);
            }
            offsets = seal.kafka();
            sealedRoot = seal.root();
            clock = new SealClock(time, seal.time(), true);
        }
        requireReached(head);
        if (epoch == null) {
            publishKey(clock);
            publishSecondKey(signer, clock, head.size());
        }
        publishPolicy(clock);
        LogTail tail = new TailLoader(stores.worm()).load(head);
        Optional<Checkpoint> published = publishedCheckpoint();
        long publishedSize = published.map(Checkpoint::size).orElse(0L);
        return new Found(head, tail, offsets, sealedRoot, clock, publishedSize, chain, signer, begun);
    }

    /** What the next seal names: the seal, or the key statement or base that was made after it. */
    Hash newestLink(Seal seal) throws IOException {
        Hash link = Hash.sha256(seal.encode());
        for (Succession made : chain.after(seal.size())) {
            if (!made.after().equals(link)
                    || (made.size() == seal.size() && !made.root().equals(seal.root()))) {
                throw new TamperAlarm("Expected " + made.object() + " to follow the seal at " + seal.size() + ", "
                        + link + ", but it follows " + made.after() + ".");
            }
            link = Hash.sha256(stores.worm().get(made.object()).orElseThrow());
        }
        return link;
    }

    /** The head was set to a key statement, and whoever set it died, or was taken for dead, before it was written. */
    private Handover begun(Head head, Seal seal, Signer signer) {
        NextKey next = keys.next();
        if (next != null
                && keys.isHandingOver()
                && seal.size() > chain.present().from()) {
            Handover same = Handover.at(seal.encode(), chain, signer, next);
            if (same.hash().equals(head.sealHash())) {
                return same;
            }
        }
        throw new TamperAlarm("Expected the seal at " + head.sealedSize() + " to have SHA-256 " + head.sealHash()
                + ", but it has " + Hash.sha256(seal.encode()) + ". Has another archiver begun to change the key"
                + " there? Or a new epoch? Then this one needs the very same next key, to finish it.");
    }

    /** The present key signs nothing below the size at which it was handed the log. */
    private void requireReached(Head head) {
        EpochBase base = chain.present().base();
        requireReached(head, base == null ? chain.present().from() : base.sealed()); // what is staged comes after this
    }

    private void requireReached(Head head, long size) {
        LogKey present = chain.present();
        if (head.size() < size) {
            throw new TamperAlarm("Expected the log to reach size " + present.from() + ", at which its key "
                    + present.key().idHex() + " took over, but it ends at " + head.size() + ".");
        }
    }

    /**
     * The head was lost, or never was: the newest seal says where the log stood, and staged entries what came after.
     */
    private Head headFromNewestSeal() throws IOException {
        List<String> seals = stores.worm().list(ArchiveKeys.SEALS);
        if (seals.isEmpty()) {
            return Head.EMPTY;
        }
        byte[] bytes = stores.worm().get(seals.getLast()).orElseThrow();
        Seal seal = Seal.decode(bytes);
        SignedNote note = SignedNote.parse(new String(
                stores.worm()
                        .get(ArchiveKeys.checkpoint(seal.size()))
                        .orElseThrow(() -> new TamperAlarm(
                                "Expected the checkpoint of the seal at " + seal.size() + ", but it is missing.")),
                StandardCharsets.UTF_8));
        requireSigned(note, seal.size(), seal.root());
        Head found = new Head(seal.size(), seal.root(), seal.size(), newestLink(seal));
        if (!stores.heads().compareAndSet(Head.EMPTY, found)) {
            throw new IOException("Expected no head, but another writer has just set one.");
        }
        return found;
    }

    Seal sealAt(long size) throws IOException {
        return Seal.decode(stores.worm()
                .get(ArchiveKeys.seal(size))
                .orElseThrow(() -> new TamperAlarm("Expected the seal at " + size + ", but it is missing.")));
    }

    private void publishKey(SealClock clock) throws IOException {
        if (stores.worm().get(KeyChain.FIRST_KEY).isEmpty()) {
            byte[] vkey = (chain.present().key().vkey() + "\n").getBytes(StandardCharsets.UTF_8);
            stores.worm().put(KeyChain.FIRST_KEY, vkey, keptUntil(clock));
        }
    }

    private Instant keptUntil(SealClock clock) {
        return clock.read().time().plus(settings.longest()).plus(KeptFor.MARGIN);
    }

    /** Whoever asks for the second signature must be able to: it is said once from where on it is there. */
    private void publishSecondKey(Signer signer, SealClock clock, long size) throws IOException {
        Optional<CosignerKey> key = signer.mlDsa44().map(Cosigner::key);
        LogKey present = chain.present();
        Optional<SecondKey> known = SecondKeys.of(KeyObjects.of(stores.worm()), present);
        if (known.isEmpty()) {
            if (key.isPresent()) {
                stores.worm()
                        .put(
                                SecondKey.object(present.number()),
                                new SecondKey(key.get(), size).encode(),
                                keptUntil(clock));
            }
            return;
        }
        if (key.isEmpty()) {
            throw new IllegalStateException("Expected a signer with ML-DSA-44 (Java 24 and newer have it), because the"
                    + " log has signed with it since entry " + known.get().from() + ", but this one has none.");
        }
        if (!key.get().equals(known.get().key())) {
            throw new TamperAlarm("Expected the ML-DSA-44 key that the log has signed with since entry "
                    + known.get().from() + ", id " + known.get().key().idHex() + ", but the signer has id "
                    + key.get().idHex() + ".");
        }
    }

    /** A new policy is a new object: which one held when is seen from when each was locked. */
    private void publishPolicy(SealClock clock) throws IOException {
        byte[] policy = settings.classes().policy(settings.retention());
        List<String> known = stores.worm().list(ArchiveKeys.POLICIES);
        for (String object : known) {
            if (Arrays.equals(stores.worm().get(object).orElse(new byte[0]), policy)) {
                return;
            }
        }
        stores.worm().put(ArchiveKeys.policy(known.size()), policy, keptUntil(clock));
    }

    private Optional<Checkpoint> publishedCheckpoint() throws IOException {
        Optional<byte[]> note = stores.live().get(ArchiveKeys.CHECKPOINT);
        if (note.isEmpty()) {
            return Optional.empty();
        }
        SignedNote signed = SignedNote.parse(new String(note.get(), StandardCharsets.UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(signed.text());
        if (isOfWhatWasLost(signed, checkpoint)) {
            return Optional.empty();
        }
        requireSigned(signed, checkpoint.size(), checkpoint.root());
        return Optional.of(checkpoint);
    }

    /** The world may still have, or be shown, what a later epoch says is lost. */
    private boolean isOfWhatWasLost(SignedNote signed, Checkpoint checkpoint) {
        return chain.bases().stream()
                .anyMatch(base -> checkpoint.origin().equals(base.from().name())
                        && checkpoint.size() > base.size()
                        && signed.isSignedBy(base.from()));
    }

    /** Whatever the world has seen must be a beginning of what we go on from. */
    void requireNothingSignedBeyond(Head head, TileReader tiles) throws IOException {
        requireReached(head, chain.present().from());
        EpochBase base = chain.present().base();
        if (base != null && base.size() == head.size() && !base.root().equals(head.root())) {
            throw new TamperAlarm("Expected the root " + base.root() + " of " + base.object() + " at size "
                    + base.size() + ", but the archive gives " + head.root() + ".");
        }
        Optional<Checkpoint> published = publishedCheckpoint();
        if (published.isEmpty()) {
            return;
        }
        long size = published.get().size();
        if (size > head.size()) {
            throw new TamperAlarm(ProvenLoss.sentence("the published size " + size, head.size()));
        }
        Hash root = new ProofBuilder(tiles, size).root();
        if (!root.equals(published.get().root())) {
            throw new TamperAlarm("Expected the published root "
                    + published.get().root() + " at size " + size + ", but the archive gives " + root + ".");
        }
    }

    /**
     * What others have seen must be a beginning of what we go on from too, or of what is still to come.
     *
     * @param prunedBelow of entries below nothing can be derived any more
     * @throws ProvenLoss when it is not
     */
    void requireNothingSeenBeyond(
            SeenElsewhere elsewhere, LogTail tail, KafkaOffsets offsets, TileReader tiles, long prunedBelow)
            throws IOException {
        for (SeenCheckpoint each : elsewhere.seen()) {
            Checkpoint checkpoint = each.checkpoint();
            if (isOfWhatWasLost(each.note(), checkpoint)) {
                continue;
            }
            if (chain.signer(each.note(), checkpoint).isEmpty()) {
                throw new TamperAlarm("What was seen by " + each.by() + " is not the log's. "
                        + chain.refusal("it", each.note(), checkpoint));
            }
            if (checkpoint.size() > tail.size()) {
                if (!elsewhere.willReach(checkpoint, tail, offsets)) {
                    throw ProvenLoss.of(each.by(), checkpoint.size(), tail.size());
                }
            } else if (checkpoint.size() >= prunedBelow) {
                Hash root = new ProofBuilder(tiles, checkpoint.size()).root();
                if (!root.equals(checkpoint.root())) {
                    throw new TamperAlarm("FORK: expected the root " + checkpoint.root() + " at size "
                            + checkpoint.size() + ", which was seen by " + each.by() + ", but the archive gives " + root
                            + ".");
                }
            }
        }
    }

    private void requireSigned(SignedNote note, long size, Hash root) {
        Checkpoint found = Checkpoint.parse(note.text());
        Checkpoint expected = new Checkpoint(found.origin(), size, root);
        if (!note.text().equals(expected.text()) || chain.signer(note, expected).isEmpty()) {
            throw new TamperAlarm("Expected a checkpoint of size " + size + " and root " + root + " signed by "
                    + chain.keyFor(size).key().vkey() + ", but got " + note.text()
                    + "with another text or signature.");
        }
    }

    static void requireFollows(Head head, Seal seal) {
        if (seal.size() != head.size()
                || !seal.root().equals(head.root())
                || !seal.previous().equals(head.sealHash())) {
            throw new TamperAlarm("Expected a seal of size " + head.size() + " and root " + head.root() + " after "
                    + head.sealHash() + ", but it is " + seal + ".");
        }
    }
}
