package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.TREE;

import aether.archive.log.Hash;
import aether.archive.log.TilePath;
import aether.archive.read.ArchiveReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Holds an object against the bytes that follow from the entries. */
final class TileCheck {

    private TileCheck() {}

    /** Answers whether they agree. */
    static boolean compare(ArchiveReader archive, String key, byte[] derived, Findings findings) throws IOException {
        Optional<byte[]> present = archive.read(key);
        if (present.isEmpty()) {
            findings.wrong(TREE, key, "Expected " + key + ", but it is missing.");
            return false;
        } else if (!Arrays.equals(present.get(), derived)) {
            findings.wrong(
                    TREE,
                    key,
                    "Expected " + key + " to hold what follows from the entries, but it holds something else.");
            return false;
        }
        return true;
    }

    /** Says which entries a tile of leaves disagrees with. */
    static void nameEntries(ArchiveReader archive, TilePath tile, List<Hash> leaves, Findings findings)
            throws IOException {
        byte[] derived = Hash.concatenate(leaves);
        byte[] present = archive.read(tile.path()).orElse(derived);
        for (int i = 0; i < leaves.size() && (i + 1) * Hash.BYTES <= present.length; i++) {
            int from = i * Hash.BYTES;
            if (!Arrays.equals(present, from, from + Hash.BYTES, derived, from, from + Hash.BYTES)) {
                long entry = tile.index() * TilePath.FULL + i;
                findings.wrong(
                        TREE,
                        "entry " + entry,
                        "Expected entry " + entry + " to give the hash that " + tile.path()
                                + " has for it, but it gives another one: one of the two was changed.");
            }
        }
    }

    /**
     * Old partial forms of a tile stay for those who hold an old checkpoint; they must tell the same story.
     *
     * @param known how much of the tile the entries give
     */
    static void compareForms(
            ArchiveReader archive, TilePath tile, int known, IntFunction<byte[]> derivedOfWidth, Findings findings)
            throws IOException {
        for (String key : archive.children(tile.partialPrefix())) {
            Optional<TilePath> partial = TilePath.parse(key);
            if (partial.isPresent() && partial.get().width() <= known) {
                boolean ignored =
                        compare(archive, key, derivedOfWidth.apply(partial.get().width()), findings);
            }
        }
    }
}
