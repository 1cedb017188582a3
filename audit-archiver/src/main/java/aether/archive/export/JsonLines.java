package aether.archive.export;

import java.io.IOException;
import java.io.OutputStream;

/** {@code events.jsonl}: the truth. A line is the exact bytes of an entry, whose leaf hash is in the log. */
final class JsonLines implements EventSink {

    static final String NAME = "events.jsonl";

    private final OutputStream out;

    JsonLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public void take(ExportedEvent event) throws IOException {
        if (!event.isOneLine()) { // a line that is two could not be read back
            throw new IllegalStateException(
                    "Expected entry " + event.position() + " on one line, but it has a line feed.");
        }
        event.writeTo(out);
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
