package aether.archive.log;

import java.util.ArrayList;
import java.util.List;

/** A tree while it grows: only the roots of its perfect subtrees, so that its root costs a few hashes at any size. */
public final class CompactRange {

    private final List<Hash> roots = new ArrayList<>();
    private long size;

    /** The empty tree. */
    public CompactRange() {}

    /** Adds a leaf. */
    public void append(Hash leaf) {
        Hash root = leaf;
        for (long complete = size; (complete & 1) == 1; complete >>>= 1) {
            root = MerkleTree.node(roots.removeLast(), root);
        }
        roots.add(root);
        size++;
    }

    /** The root over all leaves so far. */
    public Hash root() {
        if (roots.isEmpty()) {
            return MerkleTree.emptyRoot();
        }
        Hash root = roots.getLast();
        for (int i = roots.size() - 2; i >= 0; i--) {
            root = MerkleTree.node(roots.get(i), root);
        }
        return root;
    }
}
