package aether.archive.export;

import aether.archive.log.Hash;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory in which an export is put together, gone when it is closed. */
final class Workplace implements AutoCloseable {

    private static final String PACK = ".small";
    private static final String DEFLATED = ".deflated";

    private final Path directory;
    private final SortedSet<String> names = new TreeSet<>();
    private final FileChannel pack;
    private final Map<String, Packed> packed = new HashMap<>();
    private final Map<String, Deflated> deflated = new HashMap<>();

    /** Where a small file lies in the pack, and what it is. */
    private record Packed(long at, Manifest.Content content) {}

    /** What a file is that was compressed while it was written. */
    private record Deflated(Manifest.Content content, long crc, long bytes) {}

    Workplace(Path beside) throws IOException {
        directory = Files.createTempDirectory(beside.toAbsolutePath().resolveSibling(""), ".export-");
        pack = FileChannel.open(
                directory.resolve(PACK),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    Path directory() {
        return directory;
    }

    /** The files so far, without those that were only notes. */
    SortedSet<String> names() {
        return names;
    }

    /** A file of the export; it is closed by the thread that makes the export. */
    OutputStream create(String name) throws IOException {
        names.add(name);
        return new DeflatingFile(
                note(name),
                DeflatingFile.ROOM,
                (content, crc, bytes) -> deflated.put(name, new Deflated(content, crc, bytes)));
    }

    /** A file of the export that is changed once more after it was written. */
    OutputStream createPlain(String name) throws IOException {
        names.add(name);
        return note(name);
    }

    /** A file that does not become part of the export. */
    OutputStream note(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    /** A small file; they lie together in one, as making a file takes longer than hashing a tile does. */
    void write(String name, byte[] bytes) throws IOException {
        names.add(name);
        long at = pack.size();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            pack.write(rest, at + rest.position());
        }
        packed.put(name, new Packed(at, new Manifest.Content(Hash.sha256(bytes), bytes.length)));
    }

    /** A file of the export as it is in the zip; any thread may. */
    ZippedFile zipped(String name) throws IOException {
        Packed small = packed.get(name);
        if (small != null) {
            byte[] whole = read(name, small);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(whole.length);
            return deflate(new ByteArrayInputStream(whole), Math.max(1, whole.length), bytes, () -> in(bytes));
        }
        Path file = directory.resolve(name);
        Deflated before = deflated.get(name);
        if (before != null) {
            return new ZippedFile(
                    before.crc(), before.content().bytes(), before.bytes(), () -> Files.newInputStream(file));
        }
        Path result = directory.resolve(name + DEFLATED);
        try (InputStream in = Files.newInputStream(file)) {
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(result), DeflatingFile.ROOM);
            return deflate(in, DeflatingFile.ROOM, out, () -> Files.newInputStream(result));
        }
    }

    private static InputStream in(ByteArrayOutputStream bytes) {
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static ZippedFile deflate(InputStream from, int room, OutputStream to, ZippedFile.Source source)
            throws IOException {
        ZippedFile[] made = new ZippedFile[1];
        try (DeflatingFile out = new DeflatingFile(
                to, room, (content, crc, bytes) -> made[0] = new ZippedFile(crc, content.bytes(), bytes, source))) {
            from.transferTo(out);
        }
        return made[0];
    }

    private byte[] read(String name, Packed small) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) small.content().bytes());
        while (bytes.hasRemaining()) {
            if (pack.read(bytes, small.at() + bytes.position()) < 0) {
                throw new EOFException(
                        "Expected " + bytes.limit() + " bytes of " + name + ", but got " + bytes.position() + ".");
            }
        }
        return bytes.array();
    }

    /** Hash and length of each file. */
    Map<String, Manifest.Content> contents() throws IOException {
        try {
            return names.parallelStream().collect(Collectors.toMap(Function.identity(), name -> {
                try {
                    return content(name);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Manifest.Content content(String name) throws IOException {
        Packed small = packed.get(name);
        if (small != null) {
            return small.content();
        }
        Deflated before = deflated.get(name);
        if (before != null) {
            return before.content();
        }
        Path file = directory.resolve(name);
        return new Manifest.Content(sha256(file), Files.size(file));
    }

    static Hash sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream hashed = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            hashed.transferTo(OutputStream.nullOutputStream());
            return Hash.of(hashed.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256, which every Java platform has, but it is missing.", e);
        }
    }

    @Override
    public void close() throws IOException {
        pack.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
