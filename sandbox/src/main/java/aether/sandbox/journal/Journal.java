package aether.sandbox.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sandbox's only memory: one line of JSON per change. {@link #append} puts the line into the file (a kill of the
 * process loses nothing after it), {@link #force} waits until the disk has it; callers that arrive together share one
 * fsync. A change is applied in memory only after its line is in the file, and acknowledged only after the disk has it.
 */
public final class Journal implements AutoCloseable {
    /** Compaction pays from here on: replaying this many lines takes about a tenth of a second. */
    private static final int COMPACT_ABOVE_LINES = 5_000;

    private static final String TO = "to";

    /** Something whose state lives in the journal. */
    public interface Participant {
        /** Takes one row of its own again, in the order in which they were appended. */
        void replay(ObjectNode row);

        /** Writes rows which, replayed into an empty participant, give the present state. */
        void snapshot(Consumer<ObjectNode> rows);
    }

    private final Path file;
    private final InstantSource clock;
    private final Ledger ledger = new Ledger();
    private final ReentrantLock appending = new ReentrantLock();
    private final ReentrantLock forcing = new ReentrantLock();
    /** No FileChannel: the interrupt of a thread that is told to end would close it, and with it everybody's memory. */
    private RandomAccessFile lines;

    private long appended;
    private volatile long forced;
    private volatile boolean broken;
    private boolean closed;

    private Journal(Path file, InstantSource clock, RandomAccessFile lines) {
        this.file = file;
        this.clock = clock;
        this.lines = lines;
    }

    /** Opens the file; a last line without its end was never acknowledged and is cut off. Call {@link #replay} next. */
    public static Journal open(Path file, InstantSource clock) throws IOException {
        return new Journal(file, clock, opened(file));
    }

    private static RandomAccessFile opened(Path file) throws IOException {
        return new RandomAccessFile(file.toFile(), "rw");
    }

    /** Every effect ever recorded. */
    public Ledger ledger() {
        return ledger;
    }

    /** Reads the file from its beginning into the participants, which the lookup makes as names turn up. */
    public void replay(Function<String, Participant> participants) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        int read = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                ObjectNode row = parseLine(bytes, start, end, read + 1);
                String to = Json.text(row, TO);
                noteEffect(row);
                if (!to.equals(Ledger.NAME)) {
                    participants.apply(to).replay(row);
                }
                start = end + 1;
                read++;
            }
        }
        truncate(start);
        appended = read;
        forced = read;
    }

    private ObjectNode parseLine(byte[] bytes, int start, int end, int number) {
        byte[] line = Arrays.copyOfRange(bytes, start, end);
        try {
            return Json.parseObject(line);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalStateException(
                    "Expected line %d of %s to be JSON, but it is damaged".formatted(number, file), damaged);
        }
    }

    /** Rewrites a long journal as the present state; the old file stays whole until the new one is on disk. */
    public void compact(Map<String, ? extends Participant> participants) throws IOException {
        compact(participants, COMPACT_ABOVE_LINES);
    }

    void compact(Map<String, ? extends Participant> participants, int above) throws IOException {
        if (appended < above) {
            return;
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".fresh");
        Files.deleteIfExists(fresh);
        long[] copied = {0};
        try (RandomAccessFile out = opened(fresh)) {
            ledger.snapshot(row -> copied[0] += copyLine(out, Ledger.NAME, row));
            participants.forEach(
                    (name, participant) -> participant.snapshot(row -> copied[0] += copyLine(out, name, row)));
            out.getFD().sync();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
        lines.close();
        lines = opened(file);
        lines.seek(lines.length());
        appended = copied[0];
        forced = appended;
    }

    private void forceDirectory() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static int copyLine(RandomAccessFile out, String to, ObjectNode row) {
        row.put(TO, to);
        try {
            out.write(line(row));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return 1;
    }

    /**
     * Writes one row and returns its ticket for {@link #force}. The participant changes its memory after this returns.
     */
    public long append(String to, ObjectNode row) {
        appending.lock();
        try {
            if (broken) {
                throw new IllegalStateException(
                        "Expected a writable journal, but an earlier write of " + file + " failed");
            }
            row.put(TO, to);
            if (row.get("effect") instanceof ObjectNode effect) {
                effect.put("time", clock.instant().toString());
            }
            writeOrUndo(line(row));
            noteEffect(row);
            return ++appended;
        } finally {
            appending.unlock();
        }
    }

    private void writeOrUndo(byte[] line) {
        try {
            long before = lines.getFilePointer();
            try {
                lines.write(line);
            } catch (IOException failed) {
                undo(before);
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "Expected to write the sandbox's journal, but " + failed.getMessage(), failed);
        }
    }

    private void undo(long length) {
        try {
            truncate(length);
        } catch (IOException alsoFailed) {
            broken = true;
        }
    }

    private void truncate(long length) throws IOException {
        lines.setLength(length);
        lines.seek(length);
    }

    private void noteEffect(ObjectNode row) {
        if (row.get("effect") instanceof ObjectNode effect) {
            ledger.add(effect);
        }
    }

    /** Waits until the disk has everything up to the ticket. */
    public void force(long ticket) {
        if (forced >= ticket) {
            return;
        }
        forcing.lock();
        try {
            if (forced >= ticket) {
                return;
            }
            long upTo = lastTicket();
            try {
                lines.getFD().sync();
            } catch (IOException failed) {
                broken = true; // what the disk has is unknown from here on: nothing may be acknowledged any more
                throw new UncheckedIOException(
                        "Expected the disk to keep the journal, but " + failed.getMessage(), failed);
            }
            forced = upTo;
        } finally {
            forcing.unlock();
        }
    }

    /** The ticket of the newest row. */
    public long lastTicket() {
        appending.lock();
        try {
            return appended;
        } finally {
            appending.unlock();
        }
    }

    private static byte[] line(ObjectNode row) {
        byte[] json = Json.bytes(row);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    @Override
    public void close() throws IOException {
        forcing.lock();
        try {
            if (!closed) {
                closed = true;
                lines.getFD().sync();
                lines.close();
            }
        } finally {
            forcing.unlock();
        }
    }
}
