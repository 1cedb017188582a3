package aether.archive.export;

import aether.archive.log.TilePath;
import aether.archive.read.EntryReader;
import java.io.IOException;
import java.time.Instant;

/** Finds positions by time: recorded times never run backwards, so a bundle in the middle tells which half. */
final class TimeRange {

    private TimeRange() {}

    /**
     * The first position recorded at this time or later; the log's size when there is none.
     *
     * @param first the first that is there, a multiple of 256
     */
    static long firstAtOrAfter(EntryReader entries, long first, Instant time) throws IOException {
        long begin = first / TilePath.FULL;
        long low = begin; // all bundles below begin before the time, or are gone
        long high = (entries.size() + TilePath.FULL - 1) / TilePath.FULL;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (recorded(entries, middle).isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == begin) {
            return first;
        }
        // The bundle before begins too early but may reach into the range.
        long position = (low - 1) * TilePath.FULL;
        for (byte[] entry : entries.bundle(low - 1)) {
            if (!ExportedEvent.of(position, entry).recorded().isBefore(time)) {
                return position;
            }
            position++;
        }
        return position;
    }

    private static Instant recorded(EntryReader entries, long bundle) throws IOException {
        return ExportedEvent.of(bundle * TilePath.FULL, entries.view(bundle).entry(0))
                .recorded();
    }
}
