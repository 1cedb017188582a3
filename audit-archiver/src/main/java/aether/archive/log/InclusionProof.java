package aether.archive.log;

import java.util.List;

/**
 * Proves that a leaf stands at an index of a tree.
 *
 * @param index the leaf's index
 * @param size the tree's size
 * @param hashes the siblings on the way up, the leaf's first
 */
public record InclusionProof(long index, long size, List<Hash> hashes) {

    /** Keeps its own list. */
    public InclusionProof {
        hashes = List.copyOf(hashes);
    }

    /** Whether the proof leads from the leaf hash to the root (RFC 9162, 2.1.3.2). */
    public boolean proves(Hash leaf, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        Hash current = leaf;
        for (Hash sibling : hashes) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                current = MerkleTree.node(sibling, current);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                current = MerkleTree.node(current, sibling);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && current.equals(root);
    }
}
