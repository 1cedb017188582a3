package aether.archive.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.keys.KeyStatement;
import aether.archive.keys.LogKey;
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
import java.util.Locale;
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

    /**
     * A witness of one log.
     *
     * @param log a key of the log; the keys that follow it are taken from the statements that it signs
     */
    public Witness(VerifierKey log, Cosigner cosigner, WitnessMemory memory, InstantSource time) {
        this.log = log;
        this.cosigner = cosigner;
        this.memory = memory;
        this.time = time;
    }

    /**
     * Looks at the log's live checkpoint, or at the next change of its key, which comes first; what it answers is
     * remembered before it is answered.
     *
     * @throws IOException when the archive or the memory cannot be read or written; nothing is cosigned then
     */
    public synchronized Observation look(ArchiveReader archive) throws IOException {
        KeyChain keys = keys();
        Optional<byte[]> next = ArchivedKeys.following(archive, keys);
        if (next.isEmpty()) {
            return look(archive, CHECKPOINT, keys);
        }
        KeyStatement statement;
        try {
            statement = KeyStatement.parse(next.get());
            KeyChain unused = keys.with(statement);
        } catch (IllegalArgumentException e) {
            return alarm("The log's key statement is worth nothing. " + e.getMessage(), new String(next.get(), UTF_8));
        }
        Optional<Checkpoint> newest = remembered(keys).map(note -> Checkpoint.parse(note.text()));
        if (newest.map(Checkpoint::size).orElse(0L) < statement.size()) {
            Observation sealed = look(archive, String.format(Locale.ROOT, "checkpoints/%020d", statement.size()), keys);
            if (sealed instanceof Observation.Alarm) {
                return sealed; // the old key's last word comes first, and it is not what it should be
            }
        }
        return switch (follow(keys, statement, next.get())) {
            case WitnessAnswer.Cosigned accepted ->
                new Observation.NewKey(statement.size(), statement.from(), statement.to());
            case WitnessAnswer.OtherSize other ->
                new Observation.Alarm("Expected the old key's last checkpoint, of size " + statement.size()
                        + ", but the witness has only followed it to " + other.size() + ".");
            case WitnessAnswer.Refused refused -> new Observation.Alarm(refused.sentence());
        };
    }

    private Observation look(ArchiveReader archive, String object, KeyChain keys) throws IOException {
        Optional<byte[]> live = archive.read(object);
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
        Optional<LogKey> signer = keys.signer(note, seen);
        if (signer.isEmpty()) {
            return alarm(keys.refusal(object, note, seen), text);
        }
        Optional<SignedNote> newest = remembered(keys);
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
        SignedNote cosigned = note.only(signer.get().key())
                .with(SignedNote.formatLines(List.of(cosigner.cosign(note.text(), time.instant()))));
        memory.keep(cosigned); // if we die before this, nobody has our signature
        return new Observation.Grown(from, seen.size(), cosigned.format());
    }

    /**
     * Follows the log to its next key, once the old key's last checkpoint is cosigned; what it answers is remembered
     * before it is answered.
     *
     * @param statement by which the present key hands over
     * @return cosigned with an empty line when it follows, or did so before
     * @throws IOException when the memory cannot be read or written; nothing has changed then
     */
    public synchronized WitnessAnswer follow(byte[] statement) throws IOException {
        KeyChain keys = keys();
        KeyStatement read;
        try {
            read = KeyStatement.parse(statement);
        } catch (IllegalArgumentException e) {
            return new WitnessAnswer.Refused(BAD_REQUEST, "The key statement is worth nothing. " + e.getMessage());
        }
        if (!read.origin().equals(log.name())) {
            return new WitnessAnswer.Refused(
                    NOT_FOUND, "Expected the log " + log.name() + ", but got " + read.origin() + ".");
        }
        return keys.statements().contains(read) ? new WitnessAnswer.Cosigned("") : follow(keys, read, statement);
    }

    private WitnessAnswer follow(KeyChain keys, KeyStatement statement, byte[] bytes) throws IOException {
        Optional<Checkpoint> newest = remembered(keys).map(note -> Checkpoint.parse(note.text()));
        long size = newest.map(Checkpoint::size).orElse(0L);
        String fault = null;
        try {
            KeyChain unused = keys.with(statement);
            if (size < statement.size()) {
                return new WitnessAnswer.OtherSize(size);
            }
            if (size > statement.size()) {
                fault = "FORK: the key " + statement.from().idHex() + " hands over at size " + statement.size()
                        + ", but has signed the log of " + size + " entries.";
            } else if (!newest.orElseThrow().root().equals(statement.root())) {
                fault = "FORK: expected the root " + newest.orElseThrow().root() + " at size " + size + ", but the key "
                        + statement.to().idHex() + " is handed over a log with root " + statement.root() + ".";
            }
        } catch (IllegalArgumentException e) {
            fault = e.getMessage();
        }
        if (fault != null) {
            return new WitnessAnswer.Refused(
                    UNPROCESSABLE, alarm(fault, new String(bytes, UTF_8)).sentence());
        }
        memory.keep(statement, bytes);
        return new WitnessAnswer.Cosigned("");
    }

    /** The log's keys as far as the witness has followed them. */
    private KeyChain keys() throws IOException {
        List<byte[]> followed = memory.statements();
        return KeyChain.of(log, followed);
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
        KeyChain keys = keys();
        Optional<LogKey> signer = keys.signer(asked.note(), seen);
        if (signer.isEmpty()) {
            return new WitnessAnswer.Refused(FORBIDDEN, keys.refusal("the request", asked.note(), seen));
        }
        if (asked.old() > seen.size()) {
            return new WitnessAnswer.Refused(
                    BAD_REQUEST,
                    "Expected an old size of at most the checkpoint's " + seen.size() + ", but got " + asked.old()
                            + ".");
        }
        Optional<Checkpoint> known = remembered(keys).map(note -> Checkpoint.parse(note.text()));
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
        memory.keep(asked.note().only(signer.get().key()).with(SignedNote.formatLines(List.of(line))));
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
        return remembered(keys()).map(SignedNote::format);
    }

    /** The log's name. */
    String origin() {
        return log.name();
    }

    /** A memory in which a byte was changed is none, and a witness without a memory must not go on. */
    private Optional<SignedNote> remembered(KeyChain keys) throws IOException {
        Optional<SignedNote> newest = memory.newest();
        if (newest.isPresent()
                && (keys.signer(newest.get(), Checkpoint.parse(newest.get().text()))
                                .isEmpty()
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
