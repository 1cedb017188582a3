package aether.archive.seal;

import aether.archive.keys.KeyChain;
import aether.archive.read.KeptFor;
import aether.archive.read.PrunedLog;
import aether.archive.store.ObjectLock;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What the rest rests on outlives it: keys and their statements, policies of how long something is kept, and statements
 * of what was pruned.
 */
final class FoundationLocks {

    private static final List<String> FOUNDATIONS = List.of(KeyChain.PREFIX, KeptFor.POLICIES, PrunedLog.PREFIX);

    private final WormStore worm;
    private Instant keptUntil = Instant.MIN; // not known before the first look

    FoundationLocks(WormStore worm) {
        this.worm = worm;
    }

    /** Sees to it that all of them are locked until then at the least. */
    void outlive(Instant until) throws IOException {
        if (!until.isAfter(keptUntil)) {
            return; // whatever came since was locked with the margin too
        }
        Instant earliest = Instant.MAX;
        for (String prefix : FOUNDATIONS) {
            for (String object : worm.list(prefix)) {
                Instant kept = worm.lock(object).map(ObjectLock::until).orElse(Instant.MIN);
                if (until.isAfter(kept)) {
                    kept = until.plus(KeptFor.MARGIN);
                    worm.extendLock(object, kept);
                }
                earliest = kept.isBefore(earliest) ? kept : earliest;
            }
        }
        keptUntil = earliest;
    }
}
