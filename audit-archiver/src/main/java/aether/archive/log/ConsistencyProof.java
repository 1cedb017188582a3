package aether.archive.log;

import java.util.ArrayList;
import java.util.List;

/**
 * Proves that a later tree begins with the whole of an earlier one.
 *
 * @param oldSize the size of the earlier tree
 * @param newSize the size of the later tree
 * @param hashes the hashes in the order of RFC 6962
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> hashes) {

    /** Keeps its own list. */
    public ConsistencyProof {
        hashes = List.copyOf(hashes);
    }

    /** Whether the later tree contains the earlier one (RFC 9162, 2.1.4.2); from size 0 nothing is proven. */
    public boolean proves(Hash oldRoot, Hash newRoot) {
        if (oldSize < 1 || oldSize > newSize) {
            return false;
        }
        if (oldSize == newSize) {
            return hashes.isEmpty() && oldRoot.equals(newRoot);
        }
        List<Hash> path = new ArrayList<>(hashes);
        if (Long.bitCount(oldSize) == 1) {
            path.addFirst(oldRoot);
        }
        return !path.isEmpty() && walk(path, oldRoot, newRoot);
    }

    private boolean walk(List<Hash> path, Hash oldRoot, Hash newRoot) {
        long fn = oldSize - 1;
        long sn = newSize - 1;
        while ((fn & 1) == 1) {
            fn >>>= 1;
            sn >>>= 1;
        }
        Hash older = path.getFirst();
        Hash newer = path.getFirst();
        for (Hash sibling : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                older = MerkleTree.node(sibling, older);
                newer = MerkleTree.node(sibling, newer);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                newer = MerkleTree.node(newer, sibling);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && older.equals(oldRoot) && newer.equals(newRoot);
    }
}
