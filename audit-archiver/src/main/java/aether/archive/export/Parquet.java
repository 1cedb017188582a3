package aether.archive.export;

import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.CarpetWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** {@code events.parquet}: a table for analysis, one row per event. */
final class Parquet implements EventSink {

    static final String NAME = "events.parquet";

    private final CarpetWriter<Row> rows;

    /** What a row holds; absent values are empty. */
    record Row(
            long position,
            String time,
            String recorded,
            String action,
            String type,
            String organization,
            String subject,
            String version,
            String actor_type,
            String actor,
            String source_address,
            String request_id,
            String cause_id,
            String correlation_id,
            String event_id,
            String leaf_hash,
            String data) {

        static Row of(ExportedEvent event) {
            return new Row(
                    event.position(),
                    event.time(),
                    event.recorded().toString(),
                    event.action(),
                    event.type(),
                    event.organization(),
                    event.subject(),
                    event.version(),
                    event.actorType(),
                    event.actor(),
                    event.sourceAddress(),
                    event.requestId(),
                    event.cause(),
                    event.correlation(),
                    event.id(),
                    event.leaf().base64(),
                    event.data());
        }
    }

    Parquet(OutputStream out) throws IOException {
        // The zip compresses; the codecs of Parquet would be native code.
        this.rows = new CarpetWriter.Builder<>(out, Row.class)
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .build();
    }

    @Override
    public void take(ExportedEvent event) throws IOException {
        rows.write(Row.of(event));
    }

    static CarpetReader<Row> reader(File file) {
        return new CarpetReader<>(file, Row.class);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
