package aether.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** {@code events.csv}: RFC 4180, for people with a spreadsheet. */
final class Csv implements EventSink {

    static final String NAME = "events.csv";

    private final OutputStream out;

    Csv(OutputStream out) throws IOException {
        this.out = out;
        write(EventRow.COLUMNS);
    }

    @Override
    public void take(ExportedEvent event) throws IOException {
        write(event.row().cells());
    }

    private void write(List<String> cells) throws IOException {
        String line = cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }

    /** A spreadsheet takes what begins like this for a formula and runs it; names come from customers. */
    private static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        return mustBeQuoted(safe) ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
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
