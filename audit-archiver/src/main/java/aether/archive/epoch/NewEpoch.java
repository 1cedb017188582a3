package aether.archive.epoch;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.CaseNumber;
import aether.archive.keys.EpochBase;
import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.EpochKey;
import aether.archive.seal.EpochStart;
import aether.archive.seal.NextEpoch;
import aether.archive.seal.SealSettings;
import aether.archive.seal.Sealer;
import aether.archive.seal.SeenCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The step from one epoch to the next, over an archive that nobody seals meanwhile: what is left is verified, the
 * intent is kept beside the key, and the epoch begins. Whoever opens the log after a kill finishes it.
 *
 * @param archive what a stranger sees of the archive
 * @param stores its stores and its head
 * @param keyFile the log's private key, which may be lost
 * @param settings for how long the base is locked
 * @param time the wall clock
 */
public record NewEpoch(
        ArchiveReader archive, ArchiveStores stores, Path keyFile, SealSettings settings, InstantSource time) {

    private static final String LIVE = "checkpoint";

    /**
     * Begins it, unless it has begun with this evidence already; its key waits in a file until it is taken.
     *
     * @param seen what somebody has of the log; the largest of it is the evidence, or the live checkpoint
     * @throws IllegalArgumentException when nothing of it proves a loss
     * @throws IllegalStateException when the archive is not whole up to where it ends, or goes on beyond it
     * @throws IOException when an archiver seals the log, or a store does not answer; it may be tried again
     */
    public void begin(List<SeenCheckpoint> seen, String reason, String reference, RandomGenerator random)
            throws IOException {
        KeyChain chain = ArchivedKeys.require(stores.worm());
        EpochBase.requireWords(reason, reference);
        CaseNumber.require(reference);
        String evidence = evidence(chain, seen).format();
        String origin = EpochBase.origin(chain.origin(), NextEpoch.number(chain));
        String key = EpochKey.generate(origin, random);
        NextEpoch next = EpochKey.of(key, time.instant(), reason, reference, evidence);
        Sealer unused = new EpochStart(stores, next, settings, time).begin(base -> {
            Remains remains = new Remains(archive);
            remains.requireWhole();
            remains.clear(base.size(), stores.live());
            EpochKey.keep(keyFile, key, next); // from here on a kill changes nothing: whoever opens the log goes on
        });
    }

    /**
     * Goes on with what an earlier process has begun.
     *
     * @param log the log's first name
     * @return the log in its new epoch; empty when nothing waits
     */
    public Optional<Sealer> resume(String log) throws IOException {
        Optional<NextEpoch> waiting = EpochKey.waiting(keyFile, log);
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(new EpochStart(stores, waiting.get(), settings, time)
                        .begin(base -> new Remains(archive).clear(base.size(), stores.live())));
    }

    private SignedNote evidence(KeyChain chain, List<SeenCheckpoint> seen) throws IOException {
        VerifierKey present = chain.present().key();
        List<SignedNote> signed = new ArrayList<>();
        for (SeenCheckpoint each : seen) {
            if (!isOf(present, each.note())) {
                throw new IllegalArgumentException("Expected evidence that the log's key has signed, " + present.vkey()
                        + ", but the checkpoint of " + each.checkpoint().origin() + ", size "
                        + each.checkpoint().size() + ", in " + each.by() + " is not.");
            }
            signed.add(each.note());
        }
        archive.read(LIVE)
                .flatMap(NewEpoch::readable)
                .filter(note -> isOf(present, note))
                .ifPresent(signed::add);
        return signed.stream()
                .max(Comparator.comparingLong(
                        note -> Checkpoint.parse(note.text()).size()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected evidence of a loss, but there is no checkpoint signed with " + present.vkey() + "."));
    }

    private static boolean isOf(VerifierKey key, SignedNote note) {
        return Checkpoint.parse(note.text()).origin().equals(key.name()) && note.isSignedBy(key);
    }

    private static Optional<SignedNote> readable(byte[] live) {
        try {
            SignedNote note = SignedNote.parse(new String(live, UTF_8));
            Checkpoint unused = Checkpoint.parse(note.text());
            return Optional.of(note);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // it is overwritten
        }
    }
}
