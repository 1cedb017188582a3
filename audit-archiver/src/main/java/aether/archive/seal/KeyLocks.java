package aether.archive.seal;

import aether.archive.keys.KeyChain;
import aether.archive.store.ObjectLock;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Keys and statements outlive whatever they vouch for. */
final class KeyLocks {

    /** So much longer than needed they are locked, so that their locks are renewed once in a while only. */
    static final Duration MARGIN = Duration.ofDays(30);

    private final WormStore worm;
    private Instant keptUntil = Instant.MIN; // not known before the first look

    KeyLocks(WormStore worm) {
        this.worm = worm;
    }

    /** Sees to it that all of them are locked until then at the least. */
    void outlive(Instant until) throws IOException {
        if (!until.isAfter(keptUntil)) {
            return;
        }
        Instant earliest = Instant.MAX;
        for (String object : worm.list(KeyChain.PREFIX)) {
            Instant kept = worm.lock(object).map(ObjectLock::until).orElse(Instant.MIN);
            if (until.isAfter(kept)) {
                kept = until.plus(MARGIN);
                worm.extendLock(object, kept);
            }
            earliest = kept.isBefore(earliest) ? kept : earliest;
        }
        keptUntil = earliest;
    }
}
