package aether.archive.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A log's public key with its name, as a vkey line carries it. */
public final class VerifierKey {

    static final byte ED25519 = 1;
    static final int ID_BYTES = 4;
    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Z}+]+", Pattern.UNICODE_CHARACTER_CLASS);

    private final String name;
    private final byte[] publicKey;

    /** The Ed25519 key with these 32 raw bytes. */
    public VerifierKey(String name, byte[] publicKey) {
        requireName(name);
        if (publicKey.length != Ed25519.KEY_BYTES) {
            throw new IllegalArgumentException("Expected a key of 32 bytes, but got " + publicKey.length + ".");
        }
        this.name = name;
        this.publicKey = publicKey.clone();
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Expected a key name without spaces and plus signs, but got " + name);
        }
    }

    /** Reads {@code name+id+base64}. */
    public static VerifierKey parse(String vkey) {
        String[] parts = vkey.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Expected a key of the form name+id+key, but got " + vkey + ".");
        }
        byte[] key = Base64Text.decode(parts[2]);
        if (key.length != Ed25519.KEY_BYTES + 1 || key[0] != ED25519) {
            throw new IllegalArgumentException("Expected an Ed25519 key, but got another kind: " + vkey);
        }
        VerifierKey parsed = new VerifierKey(parts[0], Arrays.copyOfRange(key, 1, key.length));
        if (!parsed.idHex().equals(parts[1])) {
            throw new IllegalArgumentException("Expected key id " + parts[1] + ", but it is " + parsed.idHex() + ".");
        }
        return parsed;
    }

    /** The key as a vkey line, without a line end. */
    public String vkey() {
        return name + "+" + idHex() + "+" + Base64.getEncoder().encodeToString(typed());
    }

    /** The key's name, which is the log's origin. */
    public String name() {
        return name;
    }

    /** The first four bytes of the hash over name, type and key. */
    public byte[] id() {
        byte[] hash = Hash.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), typed())
                .bytes();
        return Arrays.copyOf(hash, ID_BYTES);
    }

    /** The public key in the form that OpenSSL reads (RFC 8410 in PEM). */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(Ed25519.spki(publicKey))
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** The key id in hexadecimal digits. */
    public String idHex() {
        return HexFormat.of().formatHex(id());
    }

    boolean verifies(byte[] message, byte[] signature) {
        return Ed25519.verify(publicKey, message, signature);
    }

    private byte[] typed() {
        byte[] typed = new byte[publicKey.length + 1];
        typed[0] = ED25519;
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        return typed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key && name.equals(key.name) && Arrays.equals(publicKey, key.publicKey);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(publicKey);
    }

    @Override
    public String toString() {
        return vkey();
    }
}
