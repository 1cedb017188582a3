package aether.archive.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Keeps objects that are written once. There is no way to delete, overwrite or unlock: such a method does not exist.
 *
 * <p>An {@link IOException} leaves the outcome of that call open; the same call may be made again.
 */
public interface WormStore {

    /**
     * Creates the object, locked. It returns when the object is durable and reads back as written; an object that is
     * there with the same bytes is as good as a new one.
     *
     * @throws TamperAlarm when the key holds other bytes
     */
    void put(String key, byte[] bytes, Instant lockedUntil) throws IOException;

    /**
     * Creates all these objects, each as {@link #put} does; what many bundles share, a store may do once. When it
     * fails, any of them may be there.
     *
     * @param objects bytes by key, in the order in which a store that takes one after the other writes them
     */
    default void putAll(SequencedMap<String, byte[]> objects, Instant lockedUntil) throws IOException {
        for (Map.Entry<String, byte[]> object : objects.entrySet()) {
            put(object.getKey(), object.getValue(), lockedUntil);
        }
    }

    /** The object's bytes. */
    Optional<byte[]> get(String key) throws IOException;

    /** Whether the object is there. */
    default boolean exists(String key) throws IOException {
        return get(key).isPresent();
    }

    /** The keys below a prefix that ends with a slash, sorted; only direct children. */
    List<String> list(String prefix) throws IOException;

    /** The object's lock. */
    Optional<ObjectLock> lock(String key) throws IOException;

    /** Moves the end of a lock; a time before the present end changes nothing. */
    void extendLock(String key, Instant until) throws IOException;
}
