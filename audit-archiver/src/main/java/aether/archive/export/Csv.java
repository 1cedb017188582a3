package aether.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code events.csv}: RFC 4180, for people with a spreadsheet. */
final class Csv implements EventSink {

    static final String NAME = "events.csv";

    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();

    Csv(OutputStream out) throws IOException {
        this.out = out;
        write(EventRow.COLUMNS);
    }

    @Override
    public void take(ExportedEvent event) throws IOException {
        write(event.row().cells());
    }

    private void write(List<String> cells) throws IOException {
        line.setLength(0);
        for (String cell : cells) {
            append(cell);
            line.append(',');
        }
        line.setLength(line.length() - 1);
        line.append("\r\n");
        out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A spreadsheet takes what begins like this for a formula and runs it; names come from customers. */
    private void append(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        if (mustBeQuoted(safe)) {
            line.append('"').append(safe.replace("\"", "\"\"")).append('"');
        } else {
            line.append(safe);
        }
    }

    private static boolean mustBeQuoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
