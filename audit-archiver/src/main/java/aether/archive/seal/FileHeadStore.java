package aether.archive.seal;

import aether.archive.log.Hash;
import aether.archive.store.DurableFiles;
import aether.archive.store.ExclusiveFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The head in a file of its own, under a lock that a dying process gives back. */
public final class FileHeadStore implements HeadStore {

    private static final String HEADER = "aether archive head v1";
    private static final int LINES = 5;

    private final Path file;
    private final ExclusiveFile lock;

    private FileHeadStore(Path file, ExclusiveFile lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Takes the lock and opens the head.
     *
     * @throws IOException when another archiver has the lock; it may be tried again later
     */
    public static FileHeadStore open(Path file) throws IOException {
        DurableFiles.createDirectories(file.toAbsolutePath().resolveSibling(""));
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        return new FileHeadStore(file, ExclusiveFile.take(lock, "archiver with head " + file));
    }

    @Override
    public Head read() throws IOException {
        if (!Files.exists(file)) {
            return Head.EMPTY;
        }
        List<String> lines = Files.readString(file).lines().toList();
        if (lines.size() != LINES || !lines.getFirst().equals(HEADER)) {
            throw new IllegalStateException("Expected a head of five lines in " + file + ", but got " + lines + ".");
        }
        return new Head(
                Long.parseLong(lines.get(1)),
                Hash.fromBase64(lines.get(2)),
                Long.parseLong(lines.get(3)),
                Hash.fromBase64(lines.get(4)));
    }

    @Override
    public boolean compareAndSet(Head expected, Head next) throws IOException {
        if (!read().equals(expected)) {
            return false;
        }
        String text = String.join(
                "\n",
                HEADER,
                Long.toString(next.size()),
                next.root().base64(),
                Long.toString(next.sealedSize()),
                next.sealHash().base64(),
                "");
        Path written = file.resolveSibling(file.getFileName() + ".next");
        DurableFiles.write(
                written, text.getBytes(StandardCharsets.UTF_8), PosixFilePermissions.fromString("rw-r--r--"));
        DurableFiles.replace(written, file);
        return true;
    }

    /** The lock is held until the process ends. */
    @Override
    public void keep() {}

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
