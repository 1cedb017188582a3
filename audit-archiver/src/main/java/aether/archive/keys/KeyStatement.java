package aether.archive.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That one key of a log hands over to the next. Both sign it, as a note whose text no checkpoint can have: the old one
 * says who follows it and up to where it has spoken, the new one shows that somebody has it and repeats what the log
 * was then.
 *
 * @param number the new key's number; the log began with key 0
 * @param size up to here the old key signs, and from here on the new one
 * @param root the root over so many entries
 * @param after the SHA-256 of the seal at that size: the next seal names this statement in its place
 * @param at when it was decided, not before that seal
 * @param from the old key
 * @param to the new key
 * @param secondFrom the old ML-DSA-44 key; null when the log had none
 * @param secondTo the new one
 */
public record KeyStatement(
        int number,
        long size,
        Hash root,
        Hash after,
        Instant at,
        VerifierKey from,
        VerifierKey to,
        @Nullable CosignerKey secondFrom,
        @Nullable CosignerKey secondTo)
        implements Succession {

    private static final String HEADER = "aether.audit/key@v1";

    private static final Pattern FORM =
            Pattern.compile(HEADER + "\n(?<origin>\\S+)\nnumber (?<number>[1-9]\\d{0,5})\nsize (?<size>[1-9]\\d{0,17})"
                    + "\nroot (?<root>\\S+)\nafter (?<after>\\S+)\nat (?<at>\\S+)\nfrom (?<from>\\S+)\nto (?<to>\\S+)\n"
                    + "(from ml-dsa-44 (?<secondFrom>\\S+)\n)?(to ml-dsa-44 (?<secondTo>\\S+)\n)?");

    /** Refuses what no log says. */
    public KeyStatement {
        if (number < 1 || size < 1) {
            throw new IllegalArgumentException(
                    "Expected a number and a size of at least 1, but got " + number + " and " + size + ".");
        }
        if (!from.name().equals(to.name()) || from.equals(to)) {
            throw new IllegalArgumentException("Expected two keys of one log, but got " + from + " and " + to + ".");
        }
        if (secondFrom != null && secondTo == null) {
            throw new IllegalArgumentException("Expected an ML-DSA-44 key to be followed by another one, but the key "
                    + to.idHex() + " comes without.");
        }
        SecondNote.requireName(secondFrom, to.name());
        SecondNote.requireName(secondTo, to.name());
    }

    /** A statement is made at a seal. */
    @Override
    public long sealed() {
        return size;
    }

    @Override
    public String object() {
        return KeyChain.statement(number);
    }

    private String text() {
        return HEADER + "\n" + origin() + "\nnumber " + number + "\nsize " + size + "\nroot " + root.base64()
                + "\nafter " + after.base64() + "\nat " + at + "\nfrom " + from.vkey() + "\nto " + to.vkey() + "\n"
                + (secondFrom == null ? "" : "from ml-dsa-44 " + secondFrom.vkey() + "\n")
                + (secondTo == null ? "" : "to ml-dsa-44 " + secondTo.vkey() + "\n");
    }

    private SecondNote secondNote() {
        return SecondNote.of(this, text());
    }

    /**
     * The signed statement; from the same keys always the same bytes.
     *
     * @throws IllegalArgumentException when these are not its keys
     */
    public byte[] sign(Signer old, Signer next) {
        if (!old.verifierKey().equals(from) || !next.verifierKey().equals(to)) {
            throw new IllegalArgumentException("Expected the keys " + from.idHex() + " and " + to.idHex() + ", but got "
                    + old.verifierKey().idHex() + " and " + next.verifierKey().idHex() + ".");
        }
        SignedNote note = SignedNote.sign(text(), old);
        List<NoteSignature> lines =
                new ArrayList<>(SignedNote.sign(text(), next).signatures());
        if (secondFrom != null) {
            lines.add(secondNote().signed(second(old)));
        }
        if (secondTo != null) {
            lines.add(secondNote().signed(second(next)));
        }
        return note.with(SignedNote.formatLines(lines)).format().getBytes(UTF_8);
    }

    private static Cosigner second(Signer signer) {
        return signer.mlDsa44()
                .orElseThrow(() -> new IllegalArgumentException("Expected the ML-DSA-44 key beside "
                        + signer.verifierKey().idHex() + " (Java 24 and newer have it), but there is none."));
    }

    /**
     * Reads a statement and checks the signatures of the keys that it names; whether they are the log's is the chain's
     * question. ML-DSA-44 is checked where the Java platform has it.
     *
     * @throws IllegalArgumentException when it is none, or not signed by both
     */
    public static KeyStatement parse(byte[] bytes) {
        String whole = new String(bytes, UTF_8);
        SignedNote note = SignedNote.parse(whole);
        Matcher form = FORM.matcher(note.text());
        if (!form.matches()) {
            throw new IllegalArgumentException("Expected a key statement, but it has another text.");
        }
        KeyStatement read = of(form);
        List<NoteSignature> lines = note.signatures();
        int expected = 2 + (read.secondFrom == null ? 0 : 1) + (read.secondTo == null ? 0 : 1);
        boolean canonical = read.text().equals(note.text())
                && form.group("origin").equals(read.origin())
                && note.format().equals(whole)
                && lines.size() == expected;
        if (!canonical || !note.isSignedBy(read.from) || !note.isSignedBy(read.to) || !read.isSignedTwice(lines)) {
            throw new IllegalArgumentException("Expected a key statement that its " + expected
                    + " keys have signed and nobody else, but it is not.");
        }
        return read;
    }

    private boolean isSignedTwice(List<NoteSignature> lines) {
        SecondNote note = secondNote();
        return note.isSigned(secondFrom, lines) && note.isSigned(secondTo, lines);
    }

    private static KeyStatement of(Matcher form) {
        try {
            return new KeyStatement(
                    Integer.parseInt(form.group("number")),
                    Long.parseLong(form.group("size")),
                    Hash.fromBase64(form.group("root")),
                    Hash.fromBase64(form.group("after")),
                    Instant.parse(form.group("at")),
                    VerifierKey.parse(form.group("from")),
                    VerifierKey.parse(form.group("to")),
                    second(form, "secondFrom").orElse(null),
                    second(form, "secondTo").orElse(null));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Expected a time in a key statement, but got " + form.group("at"), e);
        }
    }

    private static Optional<CosignerKey> second(Matcher form, String group) {
        return Optional.ofNullable(form.group(group)).map(CosignerKey::parse);
    }
}
