package aether.archive.log;

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

    /** The checkpoint as a signed note. */
    public SignedNote sign(Signer signer) {
        return SignedNote.sign(text(), signer);
    }
}
