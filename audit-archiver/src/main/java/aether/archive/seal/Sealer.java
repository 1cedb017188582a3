package aether.archive.seal;

import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.EntryBundle;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.ProofBuilder;
import aether.archive.log.Signer;
import aether.archive.log.TilePath;
import aether.archive.read.KeptFor;
import aether.archive.read.PrunedLog;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The protocol of the log, in four moves: stage the entries, compare and set the head, sign, publish. Nothing is signed
 * before its entries are locked and the head is set. After any failure the sealer is unusable, and {@link #open} takes
 * up what was begun through the very code that began it.
 *
 * <p>One thread uses it. {@code head} and {@code tail} belong to {@link #commit} and {@link #seal} alone.
 */
public final class Sealer {

    private final ArchiveStores stores;
    private final WormStore worm;
    private final SealSettings settings;
    private final SealClock clock;
    private final LogTiles tiles;
    private final Publication publication;
    private final FoundationLocks foundations;
    private KeyChain keys;
    private Signer signer;
    private Head head;
    private LogTail tail;
    private KafkaOffsets sealedOffsets;
    private long prunedBelow;
    private Hash sealedRoot;
    private boolean sound = true;

    Sealer(ArchiveStores stores, SealSettings settings, Opening.Found found) {
        this.stores = stores;
        this.worm = stores.worm();
        this.keys = found.chain();
        this.signer = found.signer();
        this.settings = settings;
        this.clock = found.clock();
        this.head = found.head();
        this.tail = found.tail();
        this.sealedOffsets = found.offsets();
        this.sealedRoot = found.sealedRoot();
        this.foundations = new FoundationLocks(worm);
        this.tiles = new LogTiles(worm, () -> tail);
        this.publication = new Publication(stores.live(), found.publishedSize());
    }

    /**
     * Opens the log, finishes what was begun, and publishes its checkpoint.
     *
     * @throws aether.archive.store.TamperAlarm when the archive is not what it was
     * @throws IOException when a store does not answer; it may be tried again
     */
    public static Sealer open(ArchiveStores stores, Signer signer, SealSettings settings, InstantSource time)
            throws IOException {
        return open(stores, SigningKeys.of(signer), settings, time);
    }

    /**
     * The same, and hands the log over to the next key if one waits, unless the present one has signed nothing yet.
     *
     * @throws MissingKey when the log is signed with a key that is not among these
     * @throws aether.archive.store.TamperAlarm when the archive is not what it was
     * @throws IOException when a store does not answer; it may be tried again
     */
    public static Sealer open(ArchiveStores stores, SigningKeys keys, SealSettings settings, InstantSource time)
            throws IOException {
        return open(stores, keys, SeenElsewhere.NOTHING, settings, time);
    }

    /**
     * The same, and signs nothing below what others have seen of the log.
     *
     * @param elsewhere what others have
     * @throws ProvenLoss when others have seen more than there is, and more than is still to come
     */
    public static Sealer open(
            ArchiveStores stores, SigningKeys keys, SeenElsewhere elsewhere, SealSettings settings, InstantSource time)
            throws IOException {
        Opening opening = new Opening(stores, keys, settings, time);
        Opening.Found found = opening.find();
        Sealer sealer = new Sealer(stores, settings, found);
        if (found.begun() != null) {
            sealer.finishHandover(found.begun(), keys);
        }
        sealer.rollForward();
        opening.requireNothingSignedBeyond(sealer.head, sealer.tiles);
        long pruned =
                elsewhere.seen().isEmpty() ? 0 : PrunedLog.below(stores.worm().list(PrunedLog.PREFIX));
        opening.requireNothingSeenBeyond(elsewhere, sealer.tail, sealer.sealedOffsets, sealer.tiles, pruned);
        sealer.handOver(keys);
        sealer.publish();
        return sealer;
    }

    /** Takes up a seal that was made and entries that were staged; signs nothing. */
    void rollForward() throws IOException {
        finishSeal();
        TailLoader loader = new TailLoader(worm);
        for (List<byte[]> staged = loader.stagedAt(size()); !staged.isEmpty(); staged = loader.stagedAt(size())) {
            commit(staged);
        }
    }

    Head head() {
        return head;
    }

    /** A key follows another at a seal, so that whatever the old one has signed is locked. */
    private void handOver(SigningKeys waiting) throws IOException {
        NextKey next = waiting.next();
        if (next == null
                || keys.holds(next.signer().verifierKey())
                || head.size() <= keys.present().from()) {
            return;
        }
        if (head.sealedSize() < head.size()) {
            makeSeal(sealedOffsets); // reading goes on from an earlier place, and what comes again is known
            finishSeal();
        }
        byte[] seal = worm.get(ArchiveKeys.seal(head.sealedSize())).orElseThrow();
        Handover begun = Handover.at(seal, keys, signer, next);
        // The head comes first: whoever takes over from us now finishes this very statement, or does not go on.
        setHead(head.following(begun.hash()));
        finishHandover(begun, waiting);
    }

    private void finishHandover(Handover begun, SigningKeys waiting) throws IOException {
        stores.heads().keep();
        Instant until = clock.read().time().plus(settings.longest()).plus(KeptFor.MARGIN);
        worm.put(begun.statement().object(), begun.signed(), until);
        // If we die here, open() finds the statement, and with it which key signs.
        keys = keys.with(begun.statement());
        signer = Objects.requireNonNull(waiting.signerOf(begun.statement().to()));
    }

    /** Archives the entries at the next positions; when it returns they are locked and in the log. */
    public void append(List<byte[]> entries) throws IOException {
        requireSound();
        for (int from = 0; from < entries.size(); ) {
            int to = from + tail.nextCommit(entries.size() - from);
            commit(entries.subList(from, to));
            from = to;
        }
    }

    private void commit(List<byte[]> entries) throws IOException {
        stores.heads().keep();
        sound = false; // until the last line
        Instant now = clock.read().time();
        LogTail.Growth growth = tail.grow(entries);

        // 1. Stage. If we die before this is done, Kafka still has the entries and nobody else knows of them.
        if (growth.completed().isEmpty()) {
            Instant until = now.plus(settings.partialRetention());
            worm.put(ArchiveKeys.staged(head.size()), EntryBundle.encode(entries), until);
        }
        // If we die here, the entries are locked and open() commits exactly these, by this method.
        // A complete bundle is its own staging: those without a gap before them are committed, the others come again.
        for (Map.Entry<Duration, SequencedMap<String, byte[]>> kept :
                growth.completedByRetention(settings).entrySet()) {
            worm.putAll(kept.getValue(), now.plus(kept.getKey()));
        }
        // If we die here, complete tiles lie there that no head speaks of; putting them again changes nothing.

        // 2. Compare and set. If the answer is lost, we do not know the head, and must not sign: load again.
        setHead(head.grown(growth.tail().size(), growth.tail().root()));
        // From here on these entries have these positions for ever.
        tail = growth.tail();
        sound = true;
    }

    /** Signs the head and shows it to the world. */
    public void publish() throws IOException {
        requireSound();
        stores.heads().keep();
        // 3. Sign. The head is set, so no other tree of this size will ever be signed, by us or anyone with this key.
        String checkpoint = signedCheckpoint();
        // 4. Publish. If we die before the checkpoint is out, open() signs the same bytes again.
        publication.publish(tail, checkpoint);
    }

    /** Shows the head to the world again when what it was shown in is gone; signs no more than was signed before. */
    public void republishIfLost() throws IOException {
        requireSound();
        if (publication.size() == head.size() && publication.isLost()) {
            publish();
        }
    }

    /** Locks a checkpoint of the present size together with where reading goes on, and publishes. */
    public void seal(KafkaOffsets offsets) throws IOException {
        requireSound();
        if (head.size() == head.sealedSize()) {
            return;
        }
        stores.heads().keep();
        sound = false;
        makeSeal(offsets);
        // If we die here, open() finds the seal at the head's size and finishes it, by this method.
        finishSeal();
        sound = true;
        publish();
    }

    /** Takes the seal at the present size, if there is one, as the newest: the next seal will name it. */
    private void finishSeal() throws IOException {
        Optional<byte[]> made = worm.get(ArchiveKeys.seal(head.size()));
        if (made.isPresent() && head.sealedSize() < head.size()) {
            Seal seal = Seal.decode(made.get());
            Opening.requireFollows(head, seal);
            setHead(head.sealed(Hash.sha256(made.get())));
            sealedOffsets = seal.kafka();
            sealedRoot = seal.root();
        }
    }

    private void makeSeal(KafkaOffsets offsets) throws IOException {
        SealClock.Reading now = clock.read();
        SequencedMap<String, byte[]> partials = new LinkedHashMap<>();
        tail.partials().forEach((tile, bytes) -> partials.put(tile.path(), bytes));
        worm.putAll(partials, now.time().plus(settings.partialRetention()));
        Instant until = now.time().plus(settings.longest());
        foundations.outlive(until);
        byte[] note = signedCheckpoint().getBytes(StandardCharsets.UTF_8);
        worm.put(ArchiveKeys.checkpoint(head.size()), note, until);
        // The seal comes last: where it is, everything it stands for is.
        Seal seal = new Seal(head.size(), head.root(), now.time(), now.state(), head.sealHash(), offsets);
        worm.put(ArchiveKeys.seal(head.size()), seal.encode(), until);
    }

    /** Keeps what makes up the open bundle locked while no complete bundle has replaced it. */
    public void renewLocks() throws IOException {
        requireSound();
        Instant until = clock.read().time().plus(settings.partialRetention());
        for (String staged : worm.list(ArchiveKeys.stagedBundle(head.size() / TilePath.FULL))) {
            worm.extendLock(staged, until);
        }
        for (TilePath partial : TilePath.partials(head.sealedSize())) {
            boolean open = partial.index() == TilePath.hashesAt(partial.level(), head.size()) / TilePath.FULL;
            if (open) {
                worm.extendLock(partial.path(), until);
            }
        }
    }

    private void setHead(Head next) throws IOException {
        if (!stores.heads().compareAndSet(head, next)) {
            throw new IOException("Expected the head at size " + head.size() + ", but another writer moved it to "
                    + stores.heads().read().size() + ".");
        }
        head = next;
    }

    private String signedCheckpoint() {
        return new Checkpoint(signer.verifierKey().name(), head.size(), head.root())
                .sign(signer)
                .format();
    }

    private void requireSound() {
        if (!sound) {
            throw new IllegalStateException("Expected a sealer that has not failed, but it must be opened again.");
        }
    }

    /** The keys of the log, up to the one that signs now. */
    public KeyChain keys() {
        return keys;
    }

    /** The number of entries in the log: the next position it takes. */
    public long size() {
        return head.size();
    }

    /** The root over all entries. */
    public Hash root() {
        return head.root();
    }

    /** The size of the newest seal. */
    public long sealedSize() {
        return head.sealedSize();
    }

    /** The root over the entries of the newest seal. */
    public Hash sealedRoot() {
        return sealedRoot;
    }

    /** The size the world sees. */
    public long publishedSize() {
        return publication.size();
    }

    /** Where reading goes on according to the newest seal. */
    public KafkaOffsets sealedOffsets() {
        return sealedOffsets;
    }

    /** Whether exactly this entry is at that position, which must be below {@link #size()}. */
    public boolean holds(long position, byte[] entry) throws IOException {
        TilePath tile = new TilePath(0, position / TilePath.FULL, TilePath.FULL);
        if (position < prunedBelow) {
            return true; // its time was over; nobody can tell any more, and nothing depends on it
        }
        try {
            return tiles.hashes(tile).get((int) (position % TilePath.FULL)).equals(MerkleTree.leaf(entry));
        } catch (IllegalStateException e) {
            prunedBelow = PrunedLog.below(worm.list(PrunedLog.PREFIX)); // perhaps just now, beside us
            if (position < prunedBelow) {
                return true;
            }
            throw e;
        }
    }

    /** Proofs over the log as it is now. */
    public ProofBuilder proofs() {
        return new ProofBuilder(tiles, head.size());
    }
}
