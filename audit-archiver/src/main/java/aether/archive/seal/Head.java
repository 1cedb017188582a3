package aether.archive.seal;

import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;

/**
 * How far the log has come: what may be signed, and nothing beyond it.
 *
 * @param size the number of entries that are archived for good
 * @param root the root over them
 * @param sealedSize the size of the newest seal, 0 before the first
 * @param sealHash what the next seal names: the SHA-256 of the newest seal, or of the key statement that was made at
 *     it; all zeros before the first
 */
public record Head(long size, Hash root, long sealedSize, Hash sealHash) {

    /** What stands for "no seal yet" in the chain of seals. */
    static final Hash NO_SEAL = Hash.of(new byte[Hash.BYTES]);

    /** The head of a log that has not begun. */
    public static final Head EMPTY = new Head(0, MerkleTree.emptyRoot(), 0, NO_SEAL);

    /** Refuses a seal that is ahead of the log. */
    public Head {
        if (size < 0 || sealedSize < 0 || sealedSize > size) {
            throw new IllegalArgumentException(
                    "Expected a seal within the log, but got size " + size + " and seal " + sealedSize + ".");
        }
    }

    Head grown(long newSize, Hash newRoot) {
        return new Head(newSize, newRoot, sealedSize, sealHash);
    }

    Head sealed(Hash hash) {
        return new Head(size, root, size, hash);
    }

    /** A key statement follows the newest seal. */
    Head following(Hash statement) {
        return new Head(size, root, sealedSize, statement);
    }
}
