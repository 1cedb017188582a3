package aether.archive.log;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;

/** A witness's private key in memory. */
public final class Cosigner {

    private final KeyPair keys;
    private final CosignerKey key;

    private Cosigner(KeyPair keys, CosignerKey key) {
        this.keys = keys;
        this.key = key;
    }

    /** The Ed25519 cosigner whose private key is the 32 bytes of the seed. */
    public static Cosigner ed25519(String name, byte[] seed) {
        KeyPair keys = Ed25519.fromSeed(seed);
        return new Cosigner(keys, new CosignerKey(name, Cosigning.ED25519, Ed25519.raw(keys.getPublic())));
    }

    /** The ML-DSA-44 cosigner of a seed of 32 bytes; only where {@link #hasMlDsa44()}. */
    public static Cosigner mlDsa44(String name, byte[] seed) {
        KeyPair keys = MlDsa44.fromSeed(seed);
        return new Cosigner(keys, new CosignerKey(name, Cosigning.ML_DSA_44, MlDsa44.raw(keys.getPublic())));
    }

    /** Whether this Java platform can sign and check with ML-DSA-44 (Java 24 and newer). */
    public static boolean hasMlDsa44() {
        return MlDsa44.isAvailable();
    }

    /** The key that others check cosignatures with. */
    public CosignerKey key() {
        return key;
    }

    /** The cosignature on a checkpoint's text; {@code time} is written in whole seconds. */
    public SignedNote.NoteSignature cosign(String text, Instant time) {
        long seconds = time.getEpochSecond();
        byte[] message = key.kind().message(key.name(), seconds, text);
        byte[] signature = switch (key.kind()) {
            case ED25519 -> Ed25519.sign(keys.getPrivate(), message);
            case ML_DSA_44 -> MlDsa44.sign(keys.getPrivate(), message);
        };
        byte[] blob = ByteBuffer.allocate(VerifierKey.ID_BYTES + Long.BYTES + signature.length)
                .put(key.id())
                .putLong(seconds)
                .put(signature)
                .array();
        return new SignedNote.NoteSignature(key.name(), Base64.getEncoder().encodeToString(blob));
    }

    @Override
    public String toString() {
        return "Cosigner[" + key.name() + ", key=[hidden]]";
    }
}
