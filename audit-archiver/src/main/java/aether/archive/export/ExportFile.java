package aether.archive.export;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of an export. Nothing is ever unpacked under a name from the zip. */
final class ExportFile implements Closeable {

    /** Where the log's own files are, under their names in the archive. */
    static final String LOG = "log/";

    /** Tiles, keys and manifests are far smaller; a zip may claim anything. */
    private static final int MAX_SMALL_BYTES = 1 << 26;

    private final ZipFile zip;

    /** @throws IOException when it is no zip */
    ExportFile(Path file) throws IOException {
        this.zip = new ZipFile(file.toFile());
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            names.add(entries.nextElement().getName());
        }
        return names;
    }

    InputStream open(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        InputStream in = entry == null ? null : zip.getInputStream(entry);
        return in == null ? InputStream.nullInputStream() : in;
    }

    Optional<byte[]> read(String name) throws IOException {
        if (zip.getEntry(name) == null) {
            return Optional.empty();
        }
        try (InputStream in = open(name)) {
            byte[] bytes = in.readNBytes(MAX_SMALL_BYTES + 1);
            if (bytes.length > MAX_SMALL_BYTES) {
                throw new IOException(
                        "Expected " + name + " of at most " + MAX_SMALL_BYTES + " bytes, but it is longer.");
            }
            return Optional.of(bytes);
        }
    }

    /** Hands each line without its line feed to the visitor. */
    void lines(String name, LineVisitor visitor) throws IOException {
        try (InputStream in = open(name)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                int start = 0;
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        line.write(buffer, start, i - start);
                        visitor.visit(line.toByteArray());
                        line.reset();
                        start = i + 1;
                    }
                }
                line.write(buffer, start, count - start);
                if (line.size() > MAX_SMALL_BYTES) {
                    throw new IOException("Expected lines in " + name + ", but one has no end.");
                }
            }
            if (line.size() > 0) {
                visitor.visit(line.toByteArray());
            }
        }
    }

    @FunctionalInterface
    interface LineVisitor {
        void visit(byte[] line) throws IOException;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
