package aether.archive.verify;

import aether.archive.log.Hash;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one bundle's entries alone say.
 *
 * @param leaves the leaf hashes, none when the bundle cannot be read
 * @param root the root over the leaves
 * @param rootsAt the roots over the first leaves, by each sealed size of the log that ends within the bundle
 * @param places what the entries say of themselves, only where the level asks for it
 * @param findings what is wrong with the bundle and with what must agree with it
 */
record DerivedBundle(
        List<Hash> leaves, Hash root, SortedMap<Long, Hash> rootsAt, List<EntryPlace> places, Findings findings) {

    static DerivedBundle unreadable(Hash emptyRoot, Findings findings) {
        return new DerivedBundle(List.of(), emptyRoot, new TreeMap<>(), List.of(), findings);
    }

    boolean isReadable() {
        return !leaves.isEmpty();
    }
}
