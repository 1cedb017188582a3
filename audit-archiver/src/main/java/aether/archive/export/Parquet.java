package aether.archive.export;

import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.CarpetWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** {@code events.parquet}: a table for analysis, one row per event. */
final class Parquet implements EventSink {

    static final String NAME = "events.parquet";

    /** Values that hardly repeat: a dictionary of them is looked up for every row and then given up. */
    private static final List<String> OF_ONE_EVENT_EACH =
            List.of("time", "recorded", "request_id", "cause_id", "correlation_id", "event_id", "leaf_hash", "data");

    /** Values whose least and greatest tell a reader nothing. */
    private static final List<String> IN_NO_ORDER = List.of("leaf_hash", "data");

    private final CarpetWriter<EventRow> rows;
    private final Path file;

    /**
     * A table.
     *
     * @param out where it is written
     * @param file the file that is
     */
    Parquet(OutputStream out, Path file) throws IOException {
        this.file = file;
        // The zip compresses; the codecs of Parquet would be native code.
        CarpetWriter.Builder<EventRow> table =
                new CarpetWriter.Builder<>(out, EventRow.class).withCompressionCodec(CompressionCodecName.UNCOMPRESSED);
        for (String column : OF_ONE_EVENT_EACH) {
            table.withDictionaryEncoding(column, false);
        }
        for (String column : IN_NO_ORDER) {
            table.withStatisticsEnabled(column, false);
        }
        this.rows = table.build();
    }

    @Override
    public void take(ExportedEvent event) throws IOException {
        rows.write(event.row());
    }

    static CarpetReader<EventRow> reader(File file) {
        return new CarpetReader<>(file, EventRow.class);
    }

    @Override
    public void close() throws IOException {
        rows.close();
        ParquetFooter.inOneOrder(file);
    }
}
