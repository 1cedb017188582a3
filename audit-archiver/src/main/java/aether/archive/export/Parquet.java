package aether.archive.export;

import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.CarpetWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** {@code events.parquet}: a table for analysis, one row per event. */
final class Parquet implements EventSink {

    static final String NAME = "events.parquet";

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
        this.rows = new CarpetWriter.Builder<>(out, EventRow.class)
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .build();
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
