package aether.archive.keys;

import aether.archive.read.ArchiveReader;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where keys and statements are read from. */
public interface KeyObjects {

    /** An object's bytes. */
    Optional<byte[]> read(String object) throws IOException;

    /** The objects below a prefix. */
    List<String> children(String prefix) throws IOException;

    /** Those that a stranger sees. */
    static KeyObjects of(ArchiveReader archive) {
        return new KeyObjects() {
            @Override
            public Optional<byte[]> read(String object) throws IOException {
                return archive.read(object);
            }

            @Override
            public List<String> children(String prefix) throws IOException {
                return archive.children(prefix);
            }
        };
    }

    /** Those that the writer has locked. */
    static KeyObjects of(WormStore worm) {
        return new KeyObjects() {
            @Override
            public Optional<byte[]> read(String object) throws IOException {
                return worm.get(object);
            }

            @Override
            public List<String> children(String prefix) throws IOException {
                return worm.list(prefix);
            }
        };
    }
}
