package aether.archive.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Room for one object after another: who reads a whole archive and hashes it finds each object in the processor's
 * cache, not in memory that was never touched before. For one thread at a time.
 */
public final class ReadBuffer {

    private byte[] bytes = {}; // grows to the largest object, at most the 16 MiB of 256 entries
    private int length;

    /** Holds these bytes themselves from now on. */
    void hold(byte[] object) {
        bytes = object;
        length = object.length;
    }

    /** Holds what is in the file. */
    void fill(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int size = Math.toIntExact(channel.size());
            if (size > bytes.length) {
                bytes = new byte[size];
            }
            ByteBuffer rest = ByteBuffer.wrap(bytes, 0, size);
            int read = 0;
            while (rest.hasRemaining() && read >= 0) {
                read = channel.read(rest);
            }
            length = rest.position();
        }
    }

    /** Where the object lies, from 0 on; what stands behind {@link #length()} is left from others. */
    byte[] bytes() {
        return bytes;
    }

    /** The object's length in bytes. */
    int length() {
        return length;
    }
}
