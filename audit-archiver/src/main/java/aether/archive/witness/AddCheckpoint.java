package aether.archive.witness;

import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log asks a witness: the body of {@code POST add-checkpoint} (C2SP tlog-witness v1.0.0).
 *
 * @param old the size up to which the log believes the witness to have followed it, 0 for nothing
 * @param proof that the checkpoint's tree begins with the one of {@code old} entries; empty for 0
 * @param note the checkpoint with the log's signature
 */
public record AddCheckpoint(long old, List<Hash> proof, SignedNote note) {

    /** A tree has at most so many levels, so no honest proof is longer. */
    private static final int MAX_HASHES = 63;

    private static final String OLD = "old ";

    /** Keeps its own list. */
    public AddCheckpoint {
        if (old < 0 || proof.size() > MAX_HASHES) {
            throw new IllegalArgumentException("Expected an old size from 0 and at most " + MAX_HASHES
                    + " hashes, but got " + old + " and " + proof.size() + ".");
        }
        proof = List.copyOf(proof);
    }

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException when it is none, saying why
     */
    public static AddCheckpoint parse(String body) {
        int gap = body.indexOf("\n\n");
        if (!body.startsWith(OLD) || gap < 0) {
            throw new IllegalArgumentException(
                    "Expected a line 'old SIZE', a line for each hash, an empty line and a checkpoint.");
        }
        String[] lines = body.substring(0, gap).split("\n", -1);
        String size = lines[0].substring(OLD.length());
        if (!size.matches("0|[1-9]\\d{0,17}")) {
            throw new IllegalArgumentException("Expected a size in decimal digits after 'old ', but got " + size + ".");
        }
        if (lines.length - 1 > MAX_HASHES) {
            throw new IllegalArgumentException(
                    "Expected at most " + MAX_HASHES + " hashes, but got " + (lines.length - 1) + ".");
        }
        List<Hash> proof = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            proof.add(Hash.fromBase64(lines[i]));
        }
        return new AddCheckpoint(Long.parseLong(size), proof, SignedNote.parse(body.substring(gap + 2)));
    }

    /** The body to send. */
    public String format() {
        StringBuilder body = new StringBuilder(OLD).append(old).append('\n');
        proof.forEach(hash -> body.append(hash.base64()).append('\n'));
        return body.append('\n').append(note.format()).toString();
    }

    /** The tree that is to be cosigned. */
    Checkpoint checkpoint() {
        return Checkpoint.parse(note.text());
    }
}
