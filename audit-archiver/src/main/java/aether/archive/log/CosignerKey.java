package aether.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A witness's public key with its name (signed-note types 04 and 06, C2SP tlog-cosignature). */
public final class CosignerKey {

    private final String name;
    private final Cosigning kind;
    private final byte[] publicKey;

    CosignerKey(String name, Cosigning kind, byte[] publicKey) {
        VerifierKey.requireName(name);
        if (publicKey.length != kind.keyBytes()) {
            throw new IllegalArgumentException(
                    "Expected a cosigner's key of " + kind.keyBytes() + " bytes, but got " + publicKey.length + ".");
        }
        this.name = name;
        this.kind = kind;
        this.publicKey = publicKey.clone();
    }

    /**
     * Reads {@code name+id+base64}.
     *
     * @throws IllegalArgumentException when it is no cosigner's key
     */
    public static CosignerKey parse(String vkey) {
        String[] parts = vkey.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Expected a key of the form name+id+key, but got " + vkey + ".");
        }
        byte[] typed = Base64Text.decode(parts[2]);
        for (Cosigning kind : Cosigning.values()) {
            if (typed.length == kind.keyBytes() + 1 && typed[0] == kind.type()) {
                CosignerKey key = new CosignerKey(parts[0], kind, Arrays.copyOfRange(typed, 1, typed.length));
                if (!key.idHex().equals(parts[1])) {
                    throw new IllegalArgumentException(
                            "Expected key id " + parts[1] + ", but it is " + key.idHex() + ".");
                }
                return key;
            }
        }
        throw new IllegalArgumentException(
                "Expected a witness's key (Ed25519 or ML-DSA-44 cosignatures), but got another kind: " + vkey);
    }

    /** The key as a vkey line, without a line end. */
    public String vkey() {
        return name + "+" + idHex() + "+" + Base64.getEncoder().encodeToString(typed());
    }

    /** The witness's name. */
    public String name() {
        return name;
    }

    /** The key id in hexadecimal digits. */
    public String idHex() {
        return HexFormat.of().formatHex(id());
    }

    byte[] id() {
        byte[] hash = Hash.sha256((name + "\n").getBytes(UTF_8), typed()).bytes();
        return Arrays.copyOf(hash, VerifierKey.ID_BYTES);
    }

    Cosigning kind() {
        return kind;
    }

    /** When this key's owner cosigned the checkpoint; nothing when it did not, or when any of its lines is wrong. */
    public Optional<Instant> cosigned(SignedNote checkpoint) {
        List<SignedNote.NoteSignature> claimed = checkpoint.signatures().stream()
                .filter(line -> line.name().equals(name) && Arrays.equals(line.keyId(), id()))
                .toList();
        if (claimed.isEmpty() || !claimed.stream().allMatch(line -> verifies(checkpoint.text(), line.signature()))) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochSecond(
                ByteBuffer.wrap(claimed.getFirst().signature()).getLong()));
    }

    private boolean verifies(String text, byte[] timed) {
        if (timed.length <= Long.BYTES) {
            return false;
        }
        long seconds = ByteBuffer.wrap(timed).getLong();
        byte[] signature = Arrays.copyOfRange(timed, Long.BYTES, timed.length);
        return seconds >= 0
                && seconds <= Instant.MAX.getEpochSecond()
                && kind.verifies(publicKey, kind.message(name, seconds, text), signature);
    }

    private byte[] typed() {
        return ByteBuffer.allocate(publicKey.length + 1)
                .put(kind.type())
                .put(publicKey)
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CosignerKey key && vkey().equals(key.vkey());
    }

    @Override
    public int hashCode() {
        return vkey().hashCode();
    }

    @Override
    public String toString() {
        return vkey();
    }
}
