package aether.archive.store;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Custody of objects in memory. */
public final class InMemoryCustody implements Custody {

    private final FailureSwitch failures;
    private final InMemoryWormStore worm;
    private final InMemoryLiveStore live;
    private final Set<String> held = new HashSet<>();

    /** Custody of these stores, whose removals may be made to fail. */
    public InMemoryCustody(FailureSwitch failures, InMemoryWormStore worm, InMemoryLiveStore live) {
        this.failures = failures;
        this.worm = worm;
        this.live = live;
    }

    @Override
    public boolean isHeld(String key) {
        return held.contains(key);
    }

    @Override
    public void hold(String key) {
        held.add(key);
    }

    @Override
    public void lift(String key) {
        held.remove(key);
    }

    @Override
    public void remove(String key, Instant now) throws IOException {
        if (isHeld(key)) {
            throw new StillKept("Expected to remove " + key + ", but a legal hold is on it.");
        }
        ObjectLock lock = worm.lock(key).orElse(null);
        if (lock != null && lock.until().isAfter(now)) {
            throw new StillKept("Expected to remove " + key + ", but it is locked until " + lock.until() + ".");
        }
        failures.around(() -> {
            worm.remove(key);
            live.objects().remove(key);
        });
    }
}
