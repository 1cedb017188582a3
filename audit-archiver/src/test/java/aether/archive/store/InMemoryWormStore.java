package aether.archive.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Locked objects in memory. */
public final class InMemoryWormStore implements WormStore {

    private final FailureSwitch failures;
    private final Map<String, byte[]> objects = new TreeMap<>();
    private final Map<String, ObjectLock> locks = new TreeMap<>();

    /** A store whose changes may be made to fail. */
    public InMemoryWormStore(FailureSwitch failures) {
        this.failures = failures;
    }

    @Override
    public void put(String key, byte[] bytes, Instant lockedUntil) throws IOException {
        failures.around(() -> {
            byte[] present = objects.get(ObjectKey.require(key));
            if (present != null && !Arrays.equals(present, bytes)) {
                throw new TamperAlarm("Expected " + key + " to hold the bytes of the put, but it holds others.");
            }
            objects.put(key, bytes.clone());
            locks.putIfAbsent(key, new ObjectLock(ObjectLock.COMPLIANCE, lockedUntil, ArchiveDirectory.sha256(bytes)));
        });
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(objects.get(ObjectKey.require(key))).map(byte[]::clone);
    }

    @Override
    public List<String> list(String prefix) {
        return objects.keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.indexOf('/', prefix.length()) < 0)
                .toList();
    }

    @Override
    public Optional<ObjectLock> lock(String key) {
        return Optional.ofNullable(locks.get(key));
    }

    @Override
    public void extendLock(String key, Instant until) throws IOException {
        failures.around(() -> {
            ObjectLock lock = lock(key).orElseThrow(() -> new TamperAlarm("Expected a lock on " + key + "."));
            if (until.isAfter(lock.until())) {
                locks.put(key, new ObjectLock(lock.mode(), until, lock.sha256()));
            }
        });
    }

    /** What no store of this house can do: someone with root rights changed an object. */
    public void tamper(String key, byte[] bytes) {
        objects.put(key, bytes.clone());
    }

    /** Someone with root rights removed an object. */
    public void remove(String key) {
        objects.remove(key);
        locks.remove(key);
    }

    /** All objects by their keys. */
    public Map<String, byte[]> objects() {
        return objects;
    }
}
