package aether.archive.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A C2SP signed note: a text and the signatures under it.
 *
 * @param text the signed text, ending with a line feed
 * @param signatures the signatures in their order
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    /** The specification asks for 16; more than this is an attack on whoever must check them. */
    private static final int MAX_SIGNATURES = 64;

    private static final String LINE = "\u2014 ";

    /** Refuses a text that cannot be signed. */
    public SignedNote {
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("Expected a text of whole lines without control characters.");
        }
        signatures = List.copyOf(signatures);
    }

    /**
     * One signature line.
     *
     * @param name the key's name
     * @param blob standard base64 of key id and signature
     */
    public record NoteSignature(String name, String blob) {

        byte[] keyId() {
            return Arrays.copyOf(Base64Text.decode(blob), VerifierKey.ID_BYTES);
        }

        byte[] signature() {
            byte[] bytes = Base64Text.decode(blob);
            return Arrays.copyOfRange(bytes, VerifierKey.ID_BYTES, bytes.length);
        }
    }

    /** The text with the signer's signature. */
    public static SignedNote sign(String text, Signer signer) {
        byte[] id = signer.verifierKey().id();
        byte[] signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] blob = Arrays.copyOf(id, id.length + signature.length);
        System.arraycopy(signature, 0, blob, id.length, signature.length);
        String name = signer.verifierKey().name();
        return new SignedNote(
                text, List.of(new NoteSignature(name, Base64.getEncoder().encodeToString(blob))));
    }

    /** Reads a note; the last empty line divides text and signatures. */
    public static SignedNote parse(String note) {
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("Expected a text, an empty line and signatures, but got " + note);
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : note.substring(gap + 2).split("\n", -1)) {
            if (line.isEmpty()) {
                break; // behind the last line feed
            }
            signatures.add(parseLine(line));
            if (signatures.size() > MAX_SIGNATURES) {
                throw new IllegalArgumentException("Expected at most 64 signatures, but there are more.");
            }
        }
        if (signatures.isEmpty()) {
            throw new IllegalArgumentException("Expected a signature, but the note has none.");
        }
        return new SignedNote(note.substring(0, gap + 1), signatures);
    }

    private static NoteSignature parseLine(String line) {
        int space = line.indexOf(' ', LINE.length());
        if (!line.startsWith(LINE) || space <= LINE.length()) {
            throw new IllegalArgumentException("Expected a signature line, but got " + line);
        }
        String blob = line.substring(space + 1);
        if (Base64Text.decode(blob).length <= VerifierKey.ID_BYTES) {
            throw new IllegalArgumentException("Expected a key id and a signature, but got " + line);
        }
        return new NoteSignature(line.substring(LINE.length(), space), blob);
    }

    /** Whether this key signed the text; a line with the key's name and id and a wrong signature spoils the note. */
    public boolean isSignedBy(VerifierKey key) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        List<NoteSignature> claimed = signatures.stream()
                .filter(line -> line.name().equals(key.name()) && Arrays.equals(line.keyId(), key.id()))
                .toList();
        return !claimed.isEmpty() && claimed.stream().allMatch(line -> key.verifies(message, line.signature()));
    }

    /**
     * The bytes of the key's signature over the text, for programs that know no notes; whether it is good is not asked.
     */
    public Optional<byte[]> signatureOf(VerifierKey key) {
        return signatures.stream()
                .filter(line -> line.name().equals(key.name()) && Arrays.equals(line.keyId(), key.id()))
                .map(NoteSignature::signature)
                .findFirst();
    }

    /** The note with this key's signatures alone. */
    public SignedNote only(VerifierKey key) {
        return new SignedNote(
                text,
                signatures.stream()
                        .filter(line -> line.name().equals(key.name()) && Arrays.equals(line.keyId(), key.id()))
                        .toList());
    }

    /** The lines of this witness, whether they are good or not. */
    public List<NoteSignature> of(CosignerKey key) {
        return signatures.stream()
                .filter(line -> line.name().equals(key.name()) && Arrays.equals(line.keyId(), key.id()))
                .toList();
    }

    /** The note with these lines too, each once. */
    public SignedNote withAll(List<NoteSignature> lines) {
        return new SignedNote(
                text,
                Stream.concat(signatures.stream(), lines.stream()).distinct().toList());
    }

    /** The note as it is stored and served. */
    public String format() {
        return text + '\n' + formatLines(signatures);
    }

    /** Signature lines as a witness answers with them, each with its line end. */
    public static String formatLines(List<NoteSignature> signatures) {
        StringBuilder lines = new StringBuilder();
        signatures.forEach(line -> lines.append(LINE)
                .append(line.name())
                .append(' ')
                .append(line.blob())
                .append('\n'));
        return lines.toString();
    }

    /**
     * The note with more signature lines, in the form of {@link #formatLines}.
     *
     * @throws IllegalArgumentException when they are no signature lines
     */
    public SignedNote with(String lines) {
        return parse(format() + lines);
    }
}
