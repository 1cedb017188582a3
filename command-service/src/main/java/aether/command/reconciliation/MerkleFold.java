package aether.command.reconciliation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The root of a growing Merkle tree (RFC 6962 §2.1) in the space of one path. */
final class MerkleFold {

    private static final byte LEAF = 0;

    private static final byte NODE = 1;

    /** At index n the root of a perfect tree of 2^n leaves, or null; each stands left of those below. */
    private final List<byte @Nullable []> perfect = new ArrayList<>();

    private final MessageDigest sha256;

    MerkleFold() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256, which every JDK has", e);
        }
    }

    /** Takes the next entry. */
    void add(byte[] entry) {
        sha256.update(LEAF);
        byte[] carried = sha256.digest(entry);
        for (int level = 0; ; level++) {
            if (level == perfect.size()) {
                perfect.add(carried);
                return;
            }
            byte[] left = perfect.get(level);
            if (left == null) {
                perfect.set(level, carried);
                return;
            }
            perfect.set(level, null);
            carried = node(left, carried);
        }
    }

    /** The root over all entries so far, in base64. */
    String root() {
        byte @Nullable [] root = null;
        for (byte[] left : perfect) {
            if (left != null) {
                root = root == null ? left : node(left, root);
            }
        }
        return Base64.getEncoder().encodeToString(root == null ? sha256.digest() : root);
    }

    private byte[] node(byte[] left, byte[] right) {
        sha256.update(NODE);
        sha256.update(left);
        return sha256.digest(right);
    }
}
