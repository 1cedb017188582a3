package aether.archive.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** File moves after which a power cut changes nothing: content first, then the name, each made durable. */
public final class DurableFiles {

    /** Anyone may read, nobody may write: what an archived object looks like. */
    static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--r--r--");

    private static final int PIECE = 1 << 16;

    private DurableFiles() {}

    /** Writes a whole new file with its bytes on the disk; a file that could not be finished is removed. */
    public static void write(Path file, byte[] bytes, Set<PosixFilePermission> permissions) throws IOException {
        boolean written = false;
        try (FileChannel channel = create(file, permissions)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
            written = true;
        } finally {
            if (!written) {
                Files.deleteIfExists(file); // on a full disk every byte counts
            }
        }
    }

    private static FileChannel create(Path file, Set<PosixFilePermission> permissions) throws IOException {
        FileChannel channel;
        try {
            channel = open(file, permissions);
        } catch (FileAlreadyExistsException e) {
            Files.deleteIfExists(file); // the remains of an earlier process under the same temporary name
            channel = open(file, permissions);
        }
        if (!Files.getPosixFilePermissions(file).equals(permissions)) {
            Files.setPosixFilePermissions(file, permissions); // whatever the umask made of them
        }
        return channel;
    }

    private static FileChannel open(Path file, Set<PosixFilePermission> permissions) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(permissions));
    }

    /** Whether the file holds exactly these bytes, a piece at a time. */
    static boolean holds(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() != bytes.length) {
                return false;
            }
            ByteBuffer piece = ByteBuffer.allocate(Math.min(bytes.length, PIECE));
            int compared = 0;
            while (compared < bytes.length) {
                int read = channel.read(piece.clear());
                if (read < 0 || !piece.flip().equals(ByteBuffer.wrap(bytes, compared, Math.max(read, 0)))) {
                    return false;
                }
                compared += read;
            }
            return true;
        }
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
