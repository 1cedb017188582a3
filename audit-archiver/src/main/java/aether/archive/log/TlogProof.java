package aether.archive.log;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A C2SP tlog-proof: all that a stranger needs to see that one entry is in the log.
 *
 * @param extra what the prover put beside the proof, in base64; Aether puts the entry's bytes there, so that the proof
 *     file alone is enough
 * @param index the entry's index
 * @param hashes the inclusion proof, the leaf's sibling first
 * @param checkpoint the signed checkpoint, as the log gave it
 */
public record TlogProof(@Nullable String extra, long index, List<Hash> hashes, String checkpoint) {

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    /** Keeps its own list. */
    public TlogProof {
        hashes = List.copyOf(hashes);
    }

    /** A proof without anything beside it. */
    public TlogProof(long index, List<Hash> hashes, String checkpoint) {
        this(null, index, hashes, checkpoint);
    }

    /** A proof that carries its entry. */
    public static TlogProof of(byte[] entry, InclusionProof proof, String checkpoint) {
        return new TlogProof(Base64.getEncoder().encodeToString(entry), proof.index(), proof.hashes(), checkpoint);
    }

    /**
     * Reads a proof file.
     *
     * @throws IllegalArgumentException when it does not have the format
     */
    public static TlogProof parse(String text) {
        int gap = text.indexOf("\n\n");
        List<String> lines = gap < 0
                ? List.of()
                : new ArrayList<>(text.substring(0, gap).lines().toList());
        if (lines.size() < 2 || !lines.removeFirst().equals(HEADER)) {
            throw new IllegalArgumentException("Expected a file that begins with " + HEADER + ", but got " + text);
        }
        String extra = lines.getFirst().startsWith(EXTRA) ? lines.removeFirst().substring(EXTRA.length()) : null;
        if (lines.isEmpty() || !lines.getFirst().matches("index (0|[1-9]\\d{0,18})")) {
            throw new IllegalArgumentException("Expected an index line, but got " + lines);
        }
        long index = Long.parseLong(lines.removeFirst().substring(INDEX.length()));
        return new TlogProof(extra, index, lines.stream().map(Hash::fromBase64).toList(), text.substring(gap + 2));
    }

    /** The proof file. */
    public String format() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        if (extra != null) {
            text.append(EXTRA).append(extra).append('\n');
        }
        text.append(INDEX).append(index).append('\n');
        hashes.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    /**
     * The entry that the proof carries.
     *
     * @throws IllegalArgumentException when it is not base64
     */
    public Optional<byte[]> entry() {
        return extra == null ? Optional.empty() : Optional.of(Base64Text.decode(extra));
    }

    /**
     * What the checkpoint says, whoever signed it.
     *
     * @throws IllegalArgumentException when it is unreadable
     */
    public Checkpoint promised() {
        return Checkpoint.parse(SignedNote.parse(checkpoint).text());
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
