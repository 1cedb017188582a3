package aether.archive.read;

import aether.archive.store.ObjectLock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a stranger may do with an archive: look. Any thread may. */
public interface ArchiveReader {

    /** An object's bytes. */
    Optional<byte[]> read(String key) throws IOException;

    /** The same into room that is used again; answers whether there is such an object. */
    default boolean read(String key, ReadBuffer into) throws IOException {
        Optional<byte[]> bytes = read(key);
        bytes.ifPresent(into::hold);
        return bytes.isPresent();
    }

    /** The direct children of a prefix that ends with a slash, sorted. */
    List<String> children(String prefix) throws IOException;

    /** Every object, in any order. */
    void forEachKey(Consumer<String> visitor) throws IOException;

    /**
     * The object's lock.
     *
     * @throws aether.archive.store.TamperAlarm when what stands for it is no lock
     */
    Optional<ObjectLock> lock(String key) throws IOException;

    /** Whether nobody but an administrator could write to the object. */
    boolean isReadOnly(String key) throws IOException;

    /** How many locks have no object. */
    long locksWithoutObject() throws IOException;
}
