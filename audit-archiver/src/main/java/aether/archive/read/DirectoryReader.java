package aether.archive.read;

import aether.archive.store.LockRecords;
import aether.archive.store.ObjectLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An archive in a directory. */
public final class DirectoryReader implements ArchiveReader {

    private static final Set<PosixFilePermission> WRITERS = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path root;
    private final LockRecords locks;

    /**
     * Opens it.
     *
     * @throws IllegalArgumentException when there is no such directory
     */
    public static DirectoryReader open(Path archive) {
        if (!Files.isDirectory(archive)) {
            throw new IllegalArgumentException("Expected an archive in " + archive + ", but it is no directory.");
        }
        return new DirectoryReader(archive);
    }

    private DirectoryReader(Path root) {
        this.root = root;
        this.locks = new LockRecords(root);
    }

    @Override
    public Optional<byte[]> read(String key) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(root.resolve(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean read(String key, ReadBuffer into) throws IOException {
        try {
            into.fill(root.resolve(key));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public List<String> children(String prefix) throws IOException {
        Path directory = root.resolve(prefix);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> prefix + file.getFileName())
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void forEachKey(Consumer<String> visitor) throws IOException {
        walk(root, file -> {
            String key = root.relativize(file).toString();
            if (!key.startsWith(".")) {
                visitor.accept(key);
            }
        });
    }

    @Override
    public Optional<ObjectLock> lock(String key) throws IOException {
        return locks.find(key);
    }

    @Override
    public boolean isReadOnly(String key) throws IOException {
        return Files.getPosixFilePermissions(root.resolve(key)).stream().noneMatch(WRITERS::contains);
    }

    @Override
    public long locksWithoutObject() throws IOException {
        return locks.withoutObject();
    }

    private static void walk(Path directory, Consumer<Path> visitor) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Iterator<Path> each = files.iterator(); each.hasNext(); ) {
                Path file = each.next();
                if (!Files.isDirectory(file)) {
                    visitor.accept(file);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
