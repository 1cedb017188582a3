package aether.archive.log;

import java.util.ArrayList;
import java.util.List;

/**
 * A C2SP tlog-proof: all that a stranger needs to see that one entry is in the log.
 *
 * @param index the entry's index
 * @param hashes the inclusion proof, the leaf's sibling first
 * @param checkpoint the signed checkpoint, as the log gave it
 */
public record TlogProof(long index, List<Hash> hashes, String checkpoint) {

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String INDEX = "index ";

    /** Keeps its own list. */
    public TlogProof {
        hashes = List.copyOf(hashes);
    }

    /** Reads a proof file. */
    public static TlogProof parse(String text) {
        int gap = text.indexOf("\n\n");
        List<String> lines = gap < 0
                ? List.of()
                : new ArrayList<>(text.substring(0, gap).lines().toList());
        if (lines.size() < 2 || !lines.removeFirst().equals(HEADER)) {
            throw new IllegalArgumentException("Expected a file that begins with " + HEADER + ", but got " + text);
        }
        if (lines.getFirst().startsWith("extra ")) {
            lines.removeFirst();
        }
        if (lines.isEmpty() || !lines.getFirst().matches("index (0|[1-9]\\d{0,18})")) {
            throw new IllegalArgumentException("Expected an index line, but got " + lines);
        }
        long index = Long.parseLong(lines.removeFirst().substring(INDEX.length()));
        return new TlogProof(index, lines.stream().map(Hash::fromBase64).toList(), text.substring(gap + 2));
    }

    /** The proof file. */
    public String format() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        text.append(INDEX).append(index).append('\n');
        hashes.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    /** Whether the key's owner has promised this entry at this index. */
    public boolean proves(byte[] entry, VerifierKey key) {
        SignedNote note = SignedNote.parse(checkpoint);
        Checkpoint promised = Checkpoint.parse(note.text());
        return note.isSignedBy(key)
                && promised.origin().equals(key.name())
                && new InclusionProof(index, promised.size(), hashes).proves(MerkleTree.leaf(entry), promised.root());
    }
}
