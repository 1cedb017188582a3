package aether.archive.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** File moves after which a power cut changes nothing: content first, then the name, each made durable. */
public final class DurableFiles {

    /** Anyone may read, nobody may write: what an archived object looks like. */
    static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--r--r--");

    private DurableFiles() {}

    /** Writes a whole new file with its bytes on the disk; a file that could not be finished is removed. */
    public static void write(Path file, byte[] bytes, Set<PosixFilePermission> permissions) throws IOException {
        writeAll(Map.of(file, bytes), permissions);
    }

    /**
     * Writes whole new files, all bytes first and then each file's way to the disk: the first of them takes most of the
     * others along. When one cannot be finished, all are removed.
     */
    static void writeAll(Map<Path, byte[]> files, Set<PosixFilePermission> permissions) throws IOException {
        List<FileChannel> channels = new ArrayList<>();
        boolean written = false;
        try {
            for (Map.Entry<Path, byte[]> file : files.entrySet()) {
                channels.add(create(file.getKey(), permissions));
                ByteBuffer rest = ByteBuffer.wrap(file.getValue());
                while (rest.hasRemaining()) {
                    channels.getLast().write(rest);
                }
            }
            for (FileChannel channel : channels) {
                channel.force(true);
            }
            written = true;
        } finally {
            for (FileChannel channel : channels) {
                channel.close();
            }
            if (!written) {
                for (Path file : files.keySet()) {
                    Files.deleteIfExists(file); // on a full disk every byte counts
                }
            }
        }
    }

    private static FileChannel create(Path file, Set<PosixFilePermission> permissions) throws IOException {
        Files.deleteIfExists(file); // the remains of an earlier process under the same temporary name
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(permissions));
        Files.setPosixFilePermissions(file, permissions); // whatever the umask made of them
        return channel;
    }

    /** Puts the file in place of another in one step. */
    public static void replace(Path file, Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        sync(directory(target));
    }

    /** Creates a directory and its parents, durably. */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory(directory);
        createDirectories(parent);
        Files.createDirectories(directory);
        sync(parent);
    }

    /** Makes the names in a directory durable. */
    public static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Path directory(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
