package aether.archive.cosign;

import aether.archive.read.ArchiveReader;
import java.io.IOException;

/** Opens the archive for somebody who reads it beside its writer. */
@FunctionalInterface
public interface ArchiveAccess {

    /** Opens it. */
    Opened open() throws IOException;

    /** An archive that was opened, and what ends the way to it. */
    record Opened(ArchiveReader archive, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }
}
