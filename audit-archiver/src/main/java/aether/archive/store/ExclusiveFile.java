package aether.archive.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that one process has for itself, until it closes it or dies. */
public final class ExclusiveFile implements AutoCloseable {

    private final FileChannel channel;

    private ExclusiveFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the file, which is made if need be.
     *
     * @param role what whoever has it is, for the message
     * @throws IOException when somebody else has it; it may be tried again later
     */
    public static ExclusiveFile take(Path file, String role) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = tryLock(channel) != null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new IOException("Expected to be the only " + role + ", but another one has it.");
        }
        return new ExclusiveFile(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this very process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
