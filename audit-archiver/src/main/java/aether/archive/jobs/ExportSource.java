package aether.archive.jobs;

import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import java.io.IOException;

/** What exports are made of. */
@FunctionalInterface
public interface ExportSource {

    /**
     * The archive, opened for one export.
     *
     * @param archive as a stranger sees it
     * @param key the log's key, known from elsewhere than the archive
     * @param signer who signs the manifest
     * @param end ends the way to it
     */
    record Opened(ArchiveReader archive, VerifierKey key, Signer signer, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /**
     * Opens it.
     *
     * @throws IOException when it does not answer; it may be tried again
     * @throws IllegalArgumentException when there is no archive yet
     */
    Opened open() throws IOException;
}
