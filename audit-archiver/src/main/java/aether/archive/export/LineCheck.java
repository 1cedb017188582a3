package aether.archive.export;

import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.TilePath;
import com.jerolba.carpet.CloseableIterator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Holds each line against the log, the scope and the table. */
final class LineCheck {

    private final ExportFile file;
    private final Manifest manifest;
    private final CloseableIterator<EventRow> rows;
    private final Consumer<String> wrong;
    private final List<EventSink> forms;
    private final SortedSet<Long> leafTiles = new TreeSet<>();
    private byte[] hashes = {};
    private long tileInHand = -1;
    private long previous;
    private long count;
    private Optional<Long> first = Optional.empty();

    /**
     * Before the first line.
     *
     * @param rows of the table, in order
     * @param wrong hears what is wrong, sentence by sentence
     * @param forms which are derived again from the lines
     */
    LineCheck(
            ExportFile file,
            Manifest manifest,
            CloseableIterator<EventRow> rows,
            Consumer<String> wrong,
            EventSink... forms) {
        this.file = file;
        this.wrong = wrong;
        this.manifest = manifest;
        this.rows = rows;
        this.forms = List.of(forms);
        this.previous = manifest.from() - 1;
    }

    /** The position of the first event; empty while there is none. */
    Optional<Long> first() {
        return first;
    }

    /** Takes the next line, without its end. */
    void check(byte[] line) throws IOException {
        count++;
        ExportedEvent event;
        try {
            event = ExportedEvent.ofLine(line);
        } catch (IllegalStateException e) {
            wrong.accept("Line " + count + " of " + JsonLines.NAME + " is unreadable. " + e.getMessage());
            return;
        }
        long position = event.position();
        if (position <= previous || position >= manifest.to()) {
            wrong.accept("Expected entry " + position + " after " + previous + " and before " + manifest.to()
                    + ", but it stands in line " + count + ".");
            return;
        }
        previous = position;
        first = first.or(() -> Optional.of(position));
        if (!manifest.scope().holds(event)) {
            wrong.accept("Expected only " + String.join(", ", manifest.scope().sentences()) + ", but entry " + position
                    + " is something else.");
        }
        requireLeaf(event);
        if (!rows.hasNext() || !rows.next().equals(event.row())) {
            wrong.accept("Expected " + Parquet.NAME + " to have entry " + position + " in its turn, but it has not.");
        }
        for (EventSink form : forms) {
            form.take(event);
        }
    }

    private void requireLeaf(ExportedEvent event) throws IOException {
        long size = manifest.checkpoint().size();
        long index = event.position() / TilePath.FULL;
        leafTiles.add(index);
        TilePath tile = new TilePath(0, index, (int) Math.min(TilePath.FULL, size - index * TilePath.FULL));
        if (index != tileInHand) {
            tileInHand = index;
            hashes = file.read(ExportFile.LOG + tile.path()).orElse(new byte[0]);
        }
        int from = (int) (event.position() % TilePath.FULL) * Hash.BYTES;
        if (hashes.length < from + Hash.BYTES
                || !Arrays.equals(hashes, from, from + Hash.BYTES, event.leaf().bytes(), 0, Hash.BYTES)) {
            wrong.accept("Expected entry " + event.position() + " to give the hash that log/" + tile.path()
                    + " has for it, but it does not.");
        }
    }

    /** After the last line. */
    void end() throws IOException {
        if (count != manifest.events()) {
            wrong.accept("Expected " + manifest.events() + " events in " + JsonLines.NAME + ", but there are " + count
                    + ".");
        }
        if (rows.hasNext()) {
            wrong.accept("Expected " + Parquet.NAME + " to end with the last event, but it has more rows.");
        }
        Checkpoint checkpoint = manifest.checkpoint();
        ProvingTiles.fault(
                        ProvingTiles.proving(leafTiles, checkpoint.size()),
                        checkpoint.size(),
                        checkpoint.root(),
                        tile -> file.read(ExportFile.LOG + tile.path()))
                .ifPresent(wrong);
    }
}
