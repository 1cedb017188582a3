package aether.archive.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Keeps the objects that may change: the checkpoint, and partial tiles until the complete one exists. */
public interface LiveStore {

    /** Writes the object, at once for every reader; what is locked stays as it is. */
    void put(String key, byte[] bytes) throws IOException;

    /** The object's bytes. */
    Optional<byte[]> get(String key) throws IOException;

    /** The changeable objects below a prefix that ends with a slash. */
    List<String> list(String prefix) throws IOException;

    /** Forgets the object if it is there and not locked. */
    void delete(String key) throws IOException;
}
