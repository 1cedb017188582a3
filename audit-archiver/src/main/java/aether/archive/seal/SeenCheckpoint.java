package aether.archive.seal;

import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import aether.archive.log.TlogProof;

/**
 * A checkpoint of the log that somebody else has kept: below it, or beside it, nothing is signed.
 *
 * @param by who has it, in words that end a sentence
 * @param note the checkpoint with its signatures
 */
public record SeenCheckpoint(String by, SignedNote note) {

    /**
     * Reads a checkpoint, or that in a proof (C2SP tlog-proof).
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static SeenCheckpoint parse(String by, String text) {
        String checkpoint =
                text.startsWith("c2sp.org/tlog-proof@") ? TlogProof.parse(text).checkpoint() : text;
        SeenCheckpoint seen = new SeenCheckpoint(by, SignedNote.parse(checkpoint));
        Checkpoint unused = seen.checkpoint();
        return seen;
    }

    /** What it says. */
    public Checkpoint checkpoint() {
        return Checkpoint.parse(note.text());
    }
}
