package aether.archive.log;

import java.time.Instant;
import java.util.List;

/**
 * What a log commits to: its size and its root.
 *
 * @param origin the log's name
 * @param size the number of entries
 * @param root the root over them
 */
public record Checkpoint(String origin, long size, Hash root) {

    private static final int LINES = 3;

    /** Refuses what no log says. */
    public Checkpoint {
        if (origin.isEmpty() || origin.contains("\n") || size < 0) {
            throw new IllegalArgumentException(
                    "Expected an origin and a size, but got '" + origin + "' and " + size + ".");
        }
    }

    /** Reads the text of a checkpoint; extension lines are allowed and ignored. */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length <= LINES || !lines[1].matches("0|[1-9]\\d{0,18}")) {
            throw new IllegalArgumentException("Expected origin, size and root, but got " + text);
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.fromBase64(lines[2]));
    }

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /**
     * The checkpoint as a signed note, with the ML-DSA-44 line where the signer has that key. The line is of no time
     * (0), as when it was signed is the seal's and the timestamp's to say: the same checkpoint always has the same
     * bytes.
     */
    public SignedNote sign(Signer signer) {
        SignedNote note = SignedNote.sign(text(), signer);
        return signer.mlDsa44()
                .map(second -> note.with(SignedNote.formatLines(List.of(second.cosign(text(), Instant.EPOCH)))))
                .orElse(note);
    }
}
