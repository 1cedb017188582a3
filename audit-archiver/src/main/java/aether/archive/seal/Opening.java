package aether.archive.seal;

import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import aether.archive.log.Signer;
import aether.archive.log.TileReader;
import aether.archive.read.SecondKey;
import aether.archive.store.TamperAlarm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the newest valid state of the log, and refuses to go on from anything else. */
final class Opening {

    private final ArchiveStores stores;
    private final Signer signer;
    private final SealSettings settings;
    private final InstantSource time;

    Opening(ArchiveStores stores, Signer signer, SealSettings settings, InstantSource time) {
        this.stores = stores;
        this.signer = signer;
        this.settings = settings;
        this.time = time;
    }

    record Found(Head head, LogTail tail, KafkaOffsets offsets, Hash sealedRoot, SealClock clock, long publishedSize) {}

    Found find() throws IOException {
        Head head = stores.heads().read();
        if (head.equals(Head.EMPTY)) {
            head = headFromNewestSeal();
        }
        KafkaOffsets offsets = KafkaOffsets.NONE;
        Hash sealedRoot = MerkleTree.emptyRoot();
        SealClock clock = new SealClock(time, Instant.EPOCH, false);
        if (head.sealedSize() > 0) {
            Seal seal = sealAt(head.sealedSize());
            if (!Hash.sha256(seal.encode()).equals(head.sealHash())) {
                throw new TamperAlarm("Expected the seal at " + head.sealedSize() + " to have SHA-256 "
                        + head.sealHash() + ", but it has " + Hash.sha256(seal.encode()) + ".");
            }
            offsets = seal.kafka();
            sealedRoot = seal.root();
            clock = new SealClock(time, seal.time(), true);
        }
        publishKey(clock);
        publishSecondKey(clock, head.size());
        publishPolicy(clock);
        LogTail tail = new TailLoader(stores.worm()).load(head);
        Optional<Checkpoint> published = publishedCheckpoint();
        long publishedSize = published.map(Checkpoint::size).orElse(0L);
        return new Found(head, tail, offsets, sealedRoot, clock, publishedSize);
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
        Head found = new Head(seal.size(), seal.root(), seal.size(), Hash.sha256(bytes));
        if (!stores.heads().compareAndSet(Head.EMPTY, found)) {
            throw new IOException("Expected no head, but another writer has just set one.");
        }
        return found;
    }

    private Seal sealAt(long size) throws IOException {
        return Seal.decode(stores.worm()
                .get(ArchiveKeys.seal(size))
                .orElseThrow(() -> new TamperAlarm("Expected the seal at " + size + ", but it is missing.")));
    }

    private void publishKey(SealClock clock) throws IOException {
        byte[] vkey = (signer.verifierKey().vkey() + "\n").getBytes(StandardCharsets.UTF_8);
        Optional<byte[]> present = stores.worm().get(ArchiveKeys.FIRST_KEY);
        if (present.isPresent()
                && !new String(present.get(), StandardCharsets.UTF_8)
                        .equals(new String(vkey, StandardCharsets.UTF_8))) {
            throw new TamperAlarm("Expected the key the archive began with, "
                    + new String(present.get(), StandardCharsets.UTF_8).strip() + ", but the signer has "
                    + signer.verifierKey().vkey() + ".");
        }
        if (present.isEmpty()) {
            stores.worm().put(ArchiveKeys.FIRST_KEY, vkey, clock.read().time().plus(settings.longest()));
        }
    }

    /** Whoever asks for the second signature must be able to: it is said once from where on it is there. */
    private void publishSecondKey(SealClock clock, long size) throws IOException {
        Optional<CosignerKey> key = signer.mlDsa44().map(Cosigner::key);
        Optional<byte[]> present = stores.worm().get(SecondKey.OBJECT);
        if (present.isEmpty()) {
            if (key.isPresent()) {
                stores.worm()
                        .put(
                                SecondKey.OBJECT,
                                new SecondKey(key.get(), size).encode(),
                                clock.read().time().plus(settings.longest()));
            }
            return;
        }
        SecondKey known = SecondKey.parse(present.get());
        if (key.isEmpty()) {
            throw new IllegalStateException("Expected a signer with ML-DSA-44 (Java 24 and newer have it), because the"
                    + " log has signed with it since entry " + known.from() + ", but this one has none.");
        }
        if (!key.get().equals(known.key())) {
            throw new TamperAlarm("Expected the ML-DSA-44 key that the log has signed with since entry " + known.from()
                    + ", id " + known.key().idHex() + ", but the signer has id "
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
        stores.worm()
                .put(
                        ArchiveKeys.policy(known.size()),
                        policy,
                        clock.read().time().plus(settings.longest()));
    }

    private Optional<Checkpoint> publishedCheckpoint() throws IOException {
        Optional<byte[]> note = stores.live().get(ArchiveKeys.CHECKPOINT);
        if (note.isEmpty()) {
            return Optional.empty();
        }
        SignedNote signed = SignedNote.parse(new String(note.get(), StandardCharsets.UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(signed.text());
        requireSigned(signed, checkpoint.size(), checkpoint.root());
        return Optional.of(checkpoint);
    }

    /** Whatever the world has seen must be a beginning of what we go on from. */
    void requireNothingSignedBeyond(Head head, TileReader tiles) throws IOException {
        Optional<Checkpoint> published = publishedCheckpoint();
        if (published.isEmpty()) {
            return;
        }
        long size = published.get().size();
        if (size > head.size()) {
            throw new TamperAlarm(
                    "Expected the log to reach the published size " + size + ", but it ends at " + head.size() + ".");
        }
        Hash root = new ProofBuilder(tiles, size).root();
        if (!root.equals(published.get().root())) {
            throw new TamperAlarm("Expected the published root "
                    + published.get().root() + " at size " + size + ", but the archive gives " + root + ".");
        }
    }

    private void requireSigned(SignedNote note, long size, Hash root) {
        String text = new Checkpoint(signer.verifierKey().name(), size, root).text();
        if (!note.text().equals(text) || !note.isSignedBy(signer.verifierKey())) {
            throw new TamperAlarm("Expected a checkpoint of size " + size + " and root " + root + " signed by "
                    + signer.verifierKey().vkey() + ", but got " + note.text() + "with another text or signature.");
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
