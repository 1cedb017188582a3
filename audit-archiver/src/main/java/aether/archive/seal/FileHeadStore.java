package aether.archive.seal;

import aether.archive.log.Hash;
import aether.archive.store.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head in a file of its own, under a lock that a dying process gives back. */
public final class FileHeadStore implements HeadStore {

    private static final String HEADER = "aether archive head v1";
    private static final int LINES = 5;

    private final Path file;
    private final FileChannel lockChannel;

    private FileHeadStore(Path file, FileChannel lockChannel) {
        this.file = file;
        this.lockChannel = lockChannel;
    }

    /**
     * Takes the lock and opens the head.
     *
     * @throws IOException when another archiver has the lock; it may be tried again later
     */
    public static FileHeadStore open(Path file) throws IOException {
        DurableFiles.createDirectories(file.toAbsolutePath().resolveSibling(""));
        FileChannel channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = tryLock(channel) != null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new IOException("Expected to be the only archiver with head " + file + ", but another one has it.");
        }
        return new FileHeadStore(file, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this very process
        }
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

    @Override
    public void close() throws IOException {
        lockChannel.close();
    }
}
