package aether.archive.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.cosign.Cosignatures;
import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.ConsistencyProof;
import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A checkpoint of the log that a witness has cosigned.
 *
 * @param witness whose signature it is, with the key that came with it
 * @param note the checkpoint with the log's signature and the witness's
 * @param at when, by the witness's clock
 */
record Testimony(CosignerKey witness, SignedNote note, Checkpoint checkpoint, Instant at) {

    /** That the checkpoints that witnesses have cosigned are beginnings of the export's: a hash in base64 per line. */
    static final String CONSISTENCY = "consistency/";

    /** A tree of 2^63 entries has proofs of twice as many hashes. */
    private static final int MAX_HASHES = 128;

    /**
     * Reads what lies in {@code cosigned/SIZE.ID}.
     *
     * @param key what lies in {@code witnesses/ID.vkey}
     * @param keys the log's
     * @throws IllegalArgumentException when it is not what its name says, or not signed by both
     */
    static Testimony of(Cosignatures.Name name, byte[] signed, byte[] key, KeyChain keys) {
        String text = new String(key, UTF_8);
        CosignerKey witness = CosignerKey.parse(text);
        if (!witness.idHex().equals(name.id()) || !Cosignatures.text(witness).equals(text)) {
            throw new IllegalArgumentException("Expected the key with id " + name.id() + ", but got " + text + ".");
        }
        SignedNote note = SignedNote.parse(new String(signed, UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (checkpoint.size() != name.size()) {
            throw new IllegalArgumentException(
                    "Expected a checkpoint of size " + name.size() + ", but it is of " + checkpoint.size() + ".");
        }
        if (keys.signer(note, checkpoint).isEmpty()) {
            throw new IllegalArgumentException(keys.refusal("it", note, checkpoint));
        }
        Instant at = witness.cosigned(note)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected a cosignature of " + witness.vkey() + ", but it is not signed with that key."));
        return new Testimony(witness, note, checkpoint, at);
    }

    /** The name of the proof that a checkpoint of a size is a beginning of the export's. */
    static String consistency(long size) {
        return String.format(Locale.ROOT, CONSISTENCY + "%020d", size);
    }

    static byte[] encode(ConsistencyProof proof) {
        return proof.hashes().stream()
                .map(hash -> hash.base64() + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    /** @throws IllegalArgumentException when it is none */
    static ConsistencyProof decode(byte[] lines, long from, long to) {
        String text = new String(lines, UTF_8);
        List<Hash> hashes = text.lines().limit(MAX_HASHES).map(Hash::fromBase64).toList();
        ConsistencyProof proof = new ConsistencyProof(from, to, hashes);
        if (!Arrays.equals(encode(proof), lines)) {
            throw new IllegalArgumentException("Expected a hash in base64 per line, but got something else.");
        }
        return proof;
    }
}
