package aether.archive.log;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 value: 32 bytes that never change. */
public final class Hash {

    /** How many bytes a hash has. */
    public static final int BYTES = 32;

    /** Looking an algorithm up takes as long as hashing a leaf of 512 bytes. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Hash::digest);

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash whose 32 bytes are given. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("Expected a hash of 32 bytes, but got " + bytes.length + ".");
        }
        return new Hash(bytes.clone());
    }

    /** The hash in standard base64, as checkpoints write it. */
    public static Hash fromBase64(String text) {
        return of(Base64Text.decode(text));
    }

    /** The hash in hexadecimal digits. */
    public static Hash fromHex(String text) {
        return of(HexFormat.of().parseHex(text));
    }

    /** SHA-256 over the parts, one after the other. */
    public static Hash sha256(byte[]... parts) {
        MessageDigest digest = DIGEST.get();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Hash(digest.digest());
    }

    /** SHA-256 over one prefix byte and the entry: the leaf hash of RFC 6962 without copying the entry. */
    static void leaf(byte prefix, byte[] bytes, int from, int length, byte[] into, int at) {
        MessageDigest digest = DIGEST.get();
        digest.update(prefix);
        digest.update(bytes, from, length);
        end(digest, into, at);
    }

    private static void end(MessageDigest digest, byte[] into, int at) {
        try {
            int written = digest.digest(into, at, BYTES);
            assert written == BYTES;
        } catch (DigestException e) {
            throw new IllegalStateException("Expected room for a hash, but there is none.", e);
        }
    }

    /** SHA-256 over one prefix byte and the two children: the node hash of RFC 6962. */
    static Hash node(byte prefix, Hash left, Hash right) {
        byte[] node = new byte[1 + 2 * BYTES]; // one update of 65 bytes is faster than three
        node[0] = prefix;
        System.arraycopy(left.bytes, 0, node, 1, BYTES);
        System.arraycopy(right.bytes, 0, node, 1 + BYTES, BYTES);
        return new Hash(DIGEST.get().digest(node));
    }

    /** The root over a complete tile of hashes, without an object for each node in between. */
    static Hash rootOfTile(byte prefix, byte[] tile) {
        byte[] level = tile.clone();
        byte[] node = new byte[1 + 2 * BYTES];
        node[0] = prefix;
        MessageDigest digest = DIGEST.get();
        for (int width = level.length / BYTES; width > 1; width /= 2) {
            for (int i = 0; i < width / 2; i++) {
                System.arraycopy(level, 2 * i * BYTES, node, 1, 2 * BYTES);
                digest.update(node);
                end(digest, level, i * BYTES);
            }
        }
        return of(Arrays.copyOf(level, BYTES));
    }

    /** The hashes one after the other, as a tile keeps them. */
    public static byte[] concatenate(List<Hash> hashes) {
        ByteBuffer all = ByteBuffer.allocate(hashes.size() * BYTES);
        hashes.forEach(hash -> all.put(hash.bytes));
        return all.array();
    }

    /** The hashes of a tile. */
    public static List<Hash> split(byte[] tile) {
        if (tile.length % BYTES != 0) {
            throw new IllegalArgumentException("Expected a multiple of 32 bytes, but got " + tile.length + ".");
        }
        Hash[] hashes = new Hash[tile.length / BYTES];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = new Hash(Arrays.copyOfRange(tile, i * BYTES, (i + 1) * BYTES));
        }
        return List.of(hashes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256, which every Java platform has, but it is missing.", e);
        }
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The hash in standard base64. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The hash in hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return base64();
    }
}
