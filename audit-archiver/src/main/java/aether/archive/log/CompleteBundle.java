package aether.archive.log;

import java.util.List;

/** A complete bundle with what follows from it: its tile of leaf hashes and the root over them. */
public final class CompleteBundle {

    private final byte[] bytes;
    private final byte[] tile;
    private final Hash root;

    private CompleteBundle(byte[] bytes, byte[] tile, Hash root) {
        this.bytes = bytes;
        this.tile = tile;
        this.root = root;
    }

    /** The bundle of these entries, hashed while its bytes still lie in the processor's cache. */
    public static CompleteBundle of(List<byte[]> entries) {
        byte[] bytes = EntryBundle.encode(entries);
        byte[] tile = BundleView.of(bytes).leaves();
        return new CompleteBundle(bytes, tile, MerkleTree.rootOfTile(tile));
    }

    /** The bundle as it is archived. */
    public byte[] bytes() {
        return bytes;
    }

    /** The tile as it is archived. */
    public byte[] tile() {
        return tile;
    }

    /** The root over the tile. */
    public Hash root() {
        return root;
    }
}
