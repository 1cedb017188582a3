package aether.archive.export;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file as it is in the zip.
 *
 * @param crc over its bytes
 * @param bytes how many those are
 * @param deflatedBytes how many are left of them
 * @param deflated where they are
 */
record ZippedFile(long crc, long bytes, long deflatedBytes, Source deflated) {

    /** Opened once, when its turn has come. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }
}
