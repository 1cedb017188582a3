package aether.archive.log;

import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;

/** Signs with a private key in memory. */
public final class Ed25519Signer implements Signer {

    private static final String PREFIX = "PRIVATE+KEY+";

    private final KeyPair keys;
    private final VerifierKey verifierKey;

    private Ed25519Signer(String name, KeyPair keys) {
        this.keys = keys;
        this.verifierKey = new VerifierKey(name, Ed25519.raw(keys.getPublic()));
    }

    /** The signer whose private key is the 32 bytes of the seed. */
    public static Ed25519Signer fromSeed(String name, byte[] seed) {
        return new Ed25519Signer(name, Ed25519.fromSeed(seed));
    }

    /** The signer in the text form of Go's sumdb notes: {@code PRIVATE+KEY+name+id+base64}. */
    public static Ed25519Signer parse(String text) {
        String[] parts = parts(text);
        Ed25519Signer signer = fromSeed(parts[2], seed(text));
        if (!signer.verifierKey.idHex().equals(parts[3])) {
            throw new IllegalArgumentException("Expected key id " + parts[3] + ", but the key has "
                    + signer.verifierKey.idHex() + ": the file is damaged.");
        }
        return signer;
    }

    private static String[] parts(String text) {
        String[] parts = text.strip().split("\\+", 5);
        if (!text.startsWith(PREFIX) || parts.length != 5) {
            throw new IllegalArgumentException("Expected PRIVATE+KEY+name+id+key, but got something else.");
        }
        return parts;
    }

    /** The 32 secret bytes in the text form of a key. */
    static byte[] seed(String text) {
        byte[] key = Base64Text.decode(parts(text)[4]);
        if (key.length != Ed25519.KEY_BYTES + 1 || key[0] != VerifierKey.ED25519) {
            throw new IllegalArgumentException("Expected an Ed25519 private key, but got another kind.");
        }
        return Arrays.copyOfRange(key, 1, key.length);
    }

    /** The private key as text, for its file and nowhere else. */
    public static String format(String name, byte[] seed) {
        VerifierKey verifierKey = fromSeed(name, seed).verifierKey;
        byte[] key = new byte[seed.length + 1];
        key[0] = VerifierKey.ED25519;
        System.arraycopy(seed, 0, key, 1, seed.length);
        return PREFIX + name + "+" + verifierKey.idHex() + "+"
                + Base64.getEncoder().encodeToString(key);
    }

    @Override
    public VerifierKey verifierKey() {
        return verifierKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        return Ed25519.sign(keys.getPrivate(), message);
    }

    @Override
    public String toString() {
        return "Ed25519Signer[" + verifierKey.name() + ", key=[hidden]]";
    }
}
