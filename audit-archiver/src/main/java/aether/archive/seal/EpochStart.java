package aether.archive.seal;

import aether.archive.keys.EpochBase;
import aether.archive.keys.KeyChain;
import aether.archive.log.Hash;
import aether.archive.read.KeptFor;
import aether.archive.store.TamperAlarm;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Begins a new epoch on what is left of a log: the head speaks of the base first, then the base is written, and only
 * then the new key signs. A kill in between is taken up by beginning the same epoch again.
 */
public final class EpochStart {

    private final ArchiveStores stores;
    private final NextEpoch next;
    private final SealSettings settings;
    private final InstantSource time;

    /**
     * A beginning.
     *
     * @param next the same again after a kill
     */
    public EpochStart(ArchiveStores stores, NextEpoch next, SealSettings settings, InstantSource time) {
        this.stores = stores;
        this.next = next;
        this.settings = settings;
        this.time = time;
    }

    /** The last that may refuse it, before anything speaks of the new epoch. */
    @FunctionalInterface
    public interface Beforehand {
        /**
         * Looks, and keeps whatever a next start needs.
         *
         * @param base what is going to be written
         * @throws IllegalStateException to refuse it
         */
        void look(EpochBase base) throws IOException;
    }

    /**
     * Begins it, and opens the log in it.
     *
     * @param beforehand asked each time, unless the base is there already
     * @throws IllegalArgumentException when the evidence proves no loss
     * @throws TamperAlarm when the archive is not what it was
     * @throws IOException when a store does not answer; it may be tried again
     */
    public Sealer begin(Beforehand beforehand) throws IOException {
        SigningKeys keys = SigningKeys.of(next.signer());
        Opening opening = new Opening(stores, keys, settings, time);
        KeyChain chain = opening.chain();
        if (!chain.present().key().equals(next.signer().verifierKey())) {
            write(opening, chain, beforehand);
        }
        // If we died here, opening with the new key is all that is left.
        return Sealer.open(stores, keys, settings, time);
    }

    private void write(Opening opening, KeyChain chain, Beforehand beforehand) throws IOException {
        Opening.Found found = opening.findFor(next);
        Sealer sealer = new Sealer(stores, settings, found);
        sealer.rollForward(); // whatever is staged is kept, at its positions; nothing is signed
        Head head = sealer.head();
        if (head.sealedSize() == 0) {
            throw new IllegalStateException(
                    "Expected an archive with at least one seal, but there is none: nothing of it can be proven.");
        }
        Seal seal = opening.sealAt(head.sealedSize());
        Hash after = opening.newestLink(seal);
        EpochBase base = next.on(chain, head, seal, after);
        KeyChain unused = chain.with(base); // or it does not follow
        byte[] signed = base.sign(next.signer());
        Hash hash = Hash.sha256(signed);
        if (!head.sealHash().equals(after) && !head.sealHash().equals(hash)) {
            throw new TamperAlarm("Expected the head to speak of the seal at " + head.sealedSize() + ", " + after
                    + ", but it speaks of " + head.sealHash() + ": something else was begun there.");
        }
        beforehand.look(base);
        // The head comes first: from now on the old key's archiver does not go on, wherever it runs.
        if (!stores.heads().compareAndSet(head, head.following(hash))) {
            throw new IOException("Expected the head at size " + head.size() + ", but another writer moved it.");
        }
        stores.heads().keep();
        Instant until = found.clock().read().time().plus(settings.longest()).plus(KeptFor.MARGIN);
        stores.worm().put(base.object(), signed, until);
    }
}
