package aether.archive.export;

import java.io.Closeable;
import java.io.IOException;

/** One form of an export's events; it takes them in order and is complete when closed. */
interface EventSink extends Closeable {

    void take(ExportedEvent event) throws IOException;
}
