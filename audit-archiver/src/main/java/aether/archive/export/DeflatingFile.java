package aether.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A file of an export that is hashed and compressed while it is written, and kept as the zip will have it. */
final class DeflatingFile extends OutputStream {

    /** For files of any length. */
    static final int ROOM = 1 << 16;

    private final OutputStream out;
    private final Done done;
    private final HashingSink hash = new HashingSink();
    private final CRC32 crc = new CRC32();
    private final Deflater deflater = ReproducibleZip.deflater();
    private final byte[] waiting;
    private final byte[] deflated;
    private int filled;
    private long written;
    private boolean open = true;

    /** What is told when all of it is there. */
    @FunctionalInterface
    interface Done {
        void with(Manifest.Content content, long crc, long deflatedBytes);
    }

    /**
     * A file.
     *
     * @param room how much of it is compressed at a time
     */
    DeflatingFile(OutputStream out, int room, Done done) {
        this.waiting = new byte[room];
        this.deflated = new byte[room];
        this.out = out;
        this.done = done;
    }

    @Override
    public void write(int one) throws IOException {
        if (filled == waiting.length) {
            takeWaiting();
        }
        waiting[filled++] = (byte) one;
    }

    @Override
    public void write(byte[] some, int from, int count) throws IOException {
        if (count > waiting.length - filled) {
            takeWaiting();
        }
        if (count > waiting.length) {
            take(some, from, count);
        } else {
            System.arraycopy(some, from, waiting, filled, count);
            filled += count;
        }
    }

    private void takeWaiting() throws IOException {
        take(waiting, 0, filled);
        filled = 0;
    }

    private void take(byte[] some, int from, int count) throws IOException {
        hash.write(some, from, count);
        crc.update(some, from, count);
        deflater.setInput(some, from, count);
        while (!deflater.needsInput()) {
            writeDeflated();
        }
    }

    private void writeDeflated() throws IOException {
        int count = deflater.deflate(deflated);
        out.write(deflated, 0, count);
        written += count;
    }

    @Override
    public void close() throws IOException {
        if (!open) {
            return;
        }
        open = false;
        try (out) {
            takeWaiting();
            deflater.finish();
            while (!deflater.finished()) {
                writeDeflated();
            }
        } finally {
            deflater.end();
        }
        done.with(hash.content(), crc.getValue(), written);
    }
}
