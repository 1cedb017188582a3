package aether.archive.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.Checkpoint;
import aether.archive.log.ConsistencyProof;
import aether.archive.log.Cosigner;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.read.TileCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a log's checkpoint again and again. It cosigns (C2SP tlog-cosignature) only what begins with everything it
 * has cosigned before, so whoever demands its signature cannot be shown a log that was cut or forked.
 */
public final class Witness {

    private static final String CHECKPOINT = "checkpoint";
    private static final int NAME_DIGITS = 16;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    private final VerifierKey log;
    private final Cosigner cosigner;
    private final WitnessMemory memory;
    private final InstantSource time;

    /** A witness of one log. */
    public Witness(VerifierKey log, Cosigner cosigner, WitnessMemory memory, InstantSource time) {
        this.log = log;
        this.cosigner = cosigner;
        this.memory = memory;
        this.time = time;
    }

    /**
     * Looks at the log's live checkpoint; what it answers is remembered before it is answered.
     *
     * @throws IOException when the archive or the memory cannot be read or written; nothing is cosigned then
     */
    public synchronized Observation look(ArchiveReader archive) throws IOException {
        Optional<byte[]> live = archive.read(CHECKPOINT);
        if (live.isEmpty()) {
            return alarm("Expected a checkpoint, but there is none.", "");
        }
        String text = new String(live.get(), UTF_8);
        SignedNote note;
        Checkpoint seen;
        try {
            note = SignedNote.parse(text);
            seen = Checkpoint.parse(note.text());
        } catch (IllegalArgumentException e) {
            return alarm("The checkpoint is unreadable. " + e.getMessage(), text);
        }
        if (!note.isSignedBy(log) || !seen.origin().equals(log.name())) {
            return alarm(
                    "Expected a checkpoint of " + log.name() + " signed with " + log.vkey() + ", but it is not.", text);
        }
        Optional<SignedNote> newest = remembered();
        long from = 0;
        if (newest.isPresent()) {
            Checkpoint known = Checkpoint.parse(newest.get().text());
            if (known.equals(seen)) {
                return new Observation.Unchanged(seen.size());
            }
            Optional<String> contradiction = contradiction(archive, known, seen);
            if (contradiction.isPresent()) {
                return alarm(contradiction.get(), text);
            }
            from = known.size();
        }
        SignedNote cosigned =
                note.only(log).with(SignedNote.formatLines(List.of(cosigner.cosign(note.text(), time.instant()))));
        memory.keep(cosigned); // if we die before this, nobody has our signature
        return new Observation.Grown(from, seen.size(), cosigned.format());
    }

    /**
     * Answers a log that asks for a cosignature and brings the proof along, so that nothing of the archive has to be
     * read. One at a time; what it answers is remembered before it is answered.
     *
     * @throws IOException when the memory cannot be read or written; nothing is cosigned then
     */
    public synchronized WitnessAnswer add(AddCheckpoint asked) throws IOException {
        Checkpoint seen;
        try {
            seen = asked.checkpoint();
        } catch (IllegalArgumentException e) {
            return new WitnessAnswer.Refused(BAD_REQUEST, "The checkpoint is unreadable. " + e.getMessage());
        }
        if (!seen.origin().equals(log.name())) {
            return new WitnessAnswer.Refused(
                    NOT_FOUND, "Expected the log " + log.name() + ", but got " + seen.origin() + ".");
        }
        if (!asked.note().isSignedBy(log)) {
            return new WitnessAnswer.Refused(FORBIDDEN, "Expected a signature of " + log.vkey() + ", but it has none.");
        }
        if (asked.old() > seen.size()) {
            return new WitnessAnswer.Refused(
                    BAD_REQUEST,
                    "Expected an old size of at most the checkpoint's " + seen.size() + ", but got " + asked.old()
                            + ".");
        }
        Optional<Checkpoint> known = remembered().map(note -> Checkpoint.parse(note.text()));
        long size = known.map(Checkpoint::size).orElse(0L);
        if (asked.old() != size) {
            return new WitnessAnswer.OtherSize(size);
        }
        Hash root = known.map(Checkpoint::root).orElse(MerkleTree.emptyRoot());
        if (!follows(size, root, seen, asked.proof())) {
            Observation.Alarm told = alarm(
                    "FORK: expected the log of " + seen.size() + " entries to begin with the " + size
                            + " known ones, but the proof does not show it.",
                    asked.note().format());
            return new WitnessAnswer.Refused(UNPROCESSABLE, told.sentence());
        }
        SignedNote.NoteSignature line = cosigner.cosign(asked.note().text(), time.instant());
        memory.keep(asked.note().only(log).with(SignedNote.formatLines(List.of(line))));
        return new WitnessAnswer.Cosigned(SignedNote.formatLines(List.of(line)));
    }

    /** From nothing everything follows, but then there is nothing to prove (C2SP tlog-witness). */
    private static boolean follows(long size, Hash root, Checkpoint seen, List<Hash> proof) {
        if (size == 0) {
            return proof.isEmpty() && (seen.size() > 0 || seen.root().equals(root));
        }
        return new ConsistencyProof(size, seen.size(), proof).proves(root, seen.root());
    }

    /** The newest checkpoint that was cosigned, as a note; nothing before the first. */
    Optional<String> newest() throws IOException {
        return remembered().map(SignedNote::format);
    }

    /** The log's name. */
    String origin() {
        return log.name();
    }

    /** A memory in which a byte was changed is none, and a witness without a memory must not go on. */
    private Optional<SignedNote> remembered() throws IOException {
        Optional<SignedNote> newest = memory.newest();
        if (newest.isPresent()
                && (!newest.get().isSignedBy(log)
                        || cosigner.key().cosigned(newest.get()).isEmpty())) {
            throw new IllegalArgumentException("Expected to remember a checkpoint of " + log.name()
                    + " that this witness has cosigned, but what is kept is not one.");
        }
        return newest;
    }

    private static Optional<String> contradiction(ArchiveReader archive, Checkpoint known, Checkpoint seen)
            throws IOException {
        if (seen.size() < known.size()) {
            return Optional.of("ROLLBACK: expected a log of at least " + known.size() + " entries, but it has "
                    + seen.size() + ".");
        }
        if (seen.size() == known.size()) {
            return Optional.of("FORK: expected root " + known.root() + " at size " + known.size() + ", but it is "
                    + seen.root() + ".");
        }
        if (known.size() == 0) {
            return Optional.empty(); // every log begins with nothing
        }
        try {
            boolean consistent = new ProofBuilder(new TileCache(archive), seen.size())
                    .consistency(known.size())
                    .proves(known.root(), seen.root());
            return consistent
                    ? Optional.empty()
                    : Optional.of("FORK: expected the log of " + seen.size() + " entries to begin with the "
                            + known.size() + " known ones, but its tiles do not prove it.");
        } catch (IllegalStateException e) {
            return Optional.of("UNPROVEN: the log of " + seen.size() + " entries may begin with the " + known.size()
                    + " known ones, but it cannot be proven. " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Observation.Alarm alarm(String sentence, String contradiction) throws IOException {
        String name = Hash.sha256(contradiction.getBytes(UTF_8)).hex().substring(0, NAME_DIGITS);
        return new Observation.Alarm(
                sentence + " Evidence: " + memory.keepEvidence(name, contradiction) + " beside the last checkpoint.");
    }
}
