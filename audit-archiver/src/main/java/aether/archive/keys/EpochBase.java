package aether.archive.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import aether.archive.log.SignedNote.NoteSignature;
import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * On what a new epoch of the log is built after a proven loss: all entries that are left, and the proof that there were
 * more. Only the new key signs it, as a note whose text no checkpoint can have; the old key, whose owner no longer
 * knows all that it has signed, never signs again.
 *
 * @param epoch the new epoch's number; the log began with epoch 1
 * @param number the new key's number among all keys of the log
 * @param size how many entries are left; the new epoch's tree begins with them
 * @param root the root over them
 * @param sealed the size of the newest seal that is left
 * @param after the SHA-256 of that seal, or of what followed it: the next seal names this base in its place
 * @param at when it was decided, not before that seal
 * @param reason why, one of {@link #REASONS}
 * @param reference the number of a case; empty for none
 * @param from the old epoch's last key
 * @param to the new key, under the new epoch's own name
 * @param secondTo the new ML-DSA-44 key; null where the Java platform has none
 * @param evidence a checkpoint of more entries, signed with the old key
 */
public record EpochBase(
        int epoch,
        int number,
        long size,
        Hash root,
        long sealed,
        Hash after,
        Instant at,
        String reason,
        String reference,
        VerifierKey from,
        VerifierKey to,
        @Nullable CosignerKey secondTo,
        String evidence)
        implements Succession {

    static final String HEADER = "aether.audit/epoch@v1";

    /** Why a log may have lost entries. */
    public static final List<String> REASONS = List.of("disaster", "store-failure", "operator-error", "other");

    /** A checkpoint with the lines of many witnesses is smaller. */
    private static final int MAX_EVIDENCE = 1 << 16;

    private static final int MAX_REFERENCE = 64;

    private static final Pattern FORM = Pattern.compile(HEADER
            + "\n(?<old>\\S+)\nepoch (?<epoch>[1-9]\\d{0,5})\norigin (?<origin>\\S+)\nnumber (?<number>[1-9]\\d{0,5})"
            + "\nsize (?<size>[1-9]\\d{0,17})\nroot (?<root>\\S+)\nsealed (?<sealed>[1-9]\\d{0,17})\nafter (?<after>\\S+)"
            + "\nat (?<at>\\S+)\nreason (?<reason>\\S+)\n(reference (?<reference>\\S+)\n)?from (?<from>\\S+)"
            + "\nto (?<to>\\S+)\n(to ml-dsa-44 (?<secondTo>\\S+)\n)?witnessed size (?<witnessed>[1-9]\\d{0,17})"
            + "\nwitnessed root (?<witnessedRoot>\\S+)\nevidence (?<evidence>\\S+)\n");

    /** Refuses what proves no loss. */
    public EpochBase {
        if (number < 1 || sealed < 1 || size < sealed) {
            throw new IllegalArgumentException(
                    "Expected a base at or after a seal, but got size " + size + " after the seal at " + sealed + ".");
        }
        if (!to.name().equals(origin(from.name(), epoch))) {
            throw new IllegalArgumentException("Expected the new epoch's key to be of " + origin(from.name(), epoch)
                    + ", but it is of " + to.name() + ".");
        }
        SecondNote.requireName(secondTo, to.name());
        requireWords(reason, reference);
        requireEvidence(evidence, from, size);
    }

    /**
     * Refuses a reason or a case that could not be said.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static void requireWords(String reason, String reference) {
        if (!REASONS.contains(reason)) {
            throw new IllegalArgumentException(
                    "Expected one of the reasons " + String.join(", ", REASONS) + ", but got " + reason + ".");
        }
        if (reference.length() > MAX_REFERENCE || reference.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("Expected the number of a case, without blanks, of at most "
                    + MAX_REFERENCE + " characters, but got " + reference.length() + " others.");
        }
    }

    private static void requireEvidence(String evidence, VerifierKey from, long size) {
        if (evidence.length() > MAX_EVIDENCE) {
            throw new IllegalArgumentException("Expected a checkpoint of at most " + MAX_EVIDENCE
                    + " bytes as evidence, but got " + evidence.length() + ".");
        }
        SignedNote note = SignedNote.parse(evidence);
        Checkpoint witnessed = Checkpoint.parse(note.text());
        if (!witnessed.origin().equals(from.name()) || !note.isSignedBy(from)) {
            throw new IllegalArgumentException("Expected evidence that the old epoch's key has signed, " + from.vkey()
                    + ", but the checkpoint of " + witnessed.origin() + " is not.");
        }
        if (witnessed.size() <= size) {
            throw new IllegalArgumentException("Expected evidence of more than the " + size
                    + " entries that the archive holds, but the checkpoint is of " + witnessed.size()
                    + ": it proves no loss.");
        }
    }

    /**
     * The name that an epoch's key and checkpoints have, so that nobody takes them for another tree of the old name.
     */
    public static String origin(String before, int epoch) {
        String suffix = "/epoch-";
        if (epoch == 2) {
            return before + suffix + epoch;
        }
        String last = suffix + (epoch - 1);
        if (epoch < 2 || !before.endsWith(last)) {
            throw new IllegalArgumentException(
                    "Expected epoch " + epoch + " to follow the one before it, but it follows " + before + ".");
        }
        return before.substring(0, before.length() - last.length()) + suffix + epoch;
    }

    /** Whether this is the name of a log, or of one of its later epochs. */
    public static boolean isOriginOf(String log, String name) {
        return name.equals(log)
                || (name.startsWith(log + "/epoch-")
                        && name.substring(log.length() + "/epoch-".length()).matches("[1-9]\\d{0,5}"));
    }

    /** What the old key has sworn to. */
    public Checkpoint witnessed() {
        return Checkpoint.parse(SignedNote.parse(evidence).text());
    }

    @Override
    public String object() {
        return KeyChain.base(number);
    }

    /** What is lost, and how it is known, in sentences for a person. */
    public String sentence() {
        long lost = witnessed().size() - 1;
        return (lost == size ? "Entry " + size : "Entries " + size + " to " + lost) + " of epoch " + (epoch - 1) + ", "
                + from.name() + ", " + (lost == size ? "is" : "are") + " lost, proven by the checkpoint of size "
                + witnessed().size() + " that " + from.idHex() + " has signed (" + object() + "). Epoch " + epoch + ", "
                + to.name() + ", goes on from there since " + at + " with the key " + to.idHex() + "; reason " + reason
                + (reference.isEmpty() ? "" : ", case " + reference) + ".";
    }

    private String text() {
        Checkpoint witnessed = witnessed();
        return HEADER + "\n" + from.name() + "\nepoch " + epoch + "\norigin " + to.name() + "\nnumber " + number
                + "\nsize " + size + "\nroot " + root.base64() + "\nsealed " + sealed + "\nafter " + after.base64()
                + "\nat " + at + "\nreason " + reason + "\n"
                + (reference.isEmpty() ? "" : "reference " + reference + "\n")
                + "from " + from.vkey() + "\nto " + to.vkey() + "\n"
                + (secondTo == null ? "" : "to ml-dsa-44 " + secondTo.vkey() + "\n")
                + "witnessed size " + witnessed.size() + "\nwitnessed root "
                + witnessed.root().base64()
                + "\nevidence " + Base64.getEncoder().encodeToString(evidence.getBytes(UTF_8)) + "\n";
    }

    /**
     * The signed base; from the same key always the same bytes.
     *
     * @throws IllegalArgumentException when this is not its key
     */
    public byte[] sign(Signer signer) {
        Optional<Cosigner> second = signer.mlDsa44();
        if (!signer.verifierKey().equals(to) || !second.map(Cosigner::key).equals(Optional.ofNullable(secondTo))) {
            throw new IllegalArgumentException("Expected the new epoch's keys " + to.idHex() + ", but got "
                    + signer.verifierKey().idHex() + ".");
        }
        SignedNote note = SignedNote.sign(text(), signer);
        List<NoteSignature> lines = new ArrayList<>();
        second.ifPresent(cosigner -> lines.add(secondNote().signed(cosigner)));
        return (lines.isEmpty() ? note : note.with(SignedNote.formatLines(lines)))
                .format()
                .getBytes(UTF_8);
    }

    /**
     * Reads a base, and checks the new key's signature on it and the old one's on the evidence; whether the keys are
     * the log's is the chain's question. ML-DSA-44 is checked where the Java platform has it.
     *
     * @throws IllegalArgumentException when it is none, not signed with its key, or proves no loss
     */
    public static EpochBase parse(byte[] bytes) {
        String whole = new String(bytes, UTF_8);
        SignedNote note = SignedNote.parse(whole);
        Matcher form = FORM.matcher(note.text());
        if (!form.matches()) {
            throw new IllegalArgumentException("Expected the base of an epoch, but it has another text.");
        }
        EpochBase read = of(form);
        boolean canonical = read.text().equals(note.text())
                && note.format().equals(whole)
                && note.signatures().size() == (read.secondTo == null ? 1 : 2);
        if (!canonical || !note.isSignedBy(read.to) || !read.secondNote().isSigned(read.secondTo, note.signatures())) {
            throw new IllegalArgumentException("Expected the base of an epoch that its key has signed and nobody else, "
                    + read.to.vkey() + ", but it is not.");
        }
        return read;
    }

    private SecondNote secondNote() {
        return SecondNote.of(this, text());
    }

    private static EpochBase of(Matcher form) {
        try {
            return new EpochBase(
                    Integer.parseInt(form.group("epoch")),
                    Integer.parseInt(form.group("number")),
                    Long.parseLong(form.group("size")),
                    Hash.fromBase64(form.group("root")),
                    Long.parseLong(form.group("sealed")),
                    Hash.fromBase64(form.group("after")),
                    Instant.parse(form.group("at")),
                    form.group("reason"),
                    Optional.ofNullable(form.group("reference")).orElse(""),
                    VerifierKey.parse(form.group("from")),
                    VerifierKey.parse(form.group("to")),
                    Optional.ofNullable(form.group("secondTo"))
                            .map(CosignerKey::parse)
                            .orElse(null),
                    new String(Base64.getDecoder().decode(form.group("evidence")), UTF_8));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Expected a time in an epoch's base, but got " + form.group("at"), e);
        }
    }
}
