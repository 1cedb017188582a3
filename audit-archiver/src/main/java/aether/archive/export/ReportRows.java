package aether.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of the report and what it sums up; the rows go to a file of their own until the rest is known. */
final class ReportRows implements EventSink {

    /** Beyond this nobody reads a page; the table has all. */
    static final int MAX_ROWS = 10_000;

    /** So many people are named, the others are counted. */
    private static final int MAX_NAMES = 1_000;

    static final String OTHERS = "others";

    private final OutputStream out;
    private final SortedMap<String, Long> actions = new TreeMap<>();
    private final SortedMap<String, Long> actors = new TreeMap<>();
    private final Map<String, String> actionsById = new HashMap<>();
    private long count;

    ReportRows(OutputStream out) {
        this.out = out;
    }

    @Override
    public void take(ExportedEvent event) throws IOException {
        count++;
        actions.merge(event.action(), 1L, Long::sum);
        String actor = event.actorType() + " " + event.actor();
        actors.merge(actors.containsKey(actor) || actors.size() < MAX_NAMES ? actor : OTHERS, 1L, Long::sum);
        if (count > MAX_ROWS) {
            return;
        }
        actionsById.put(event.id(), event.action());
        String cause = event.cause().isEmpty()
                ? event.requestId().isEmpty() ? "" : "request " + event.requestId()
                : actionsById.getOrDefault(event.cause(), event.cause());
        out.write(("<tr><td>" + event.position() + "<td>" + Html.text(event.time()) + "<td>" + Html.text(actor)
                        + "<td>" + Html.text(event.sourceAddress()) + "<td>" + Html.text(event.action()) + "<td>"
                        + Html.text(event.subject()) + "<td>" + Html.text(cause) + "<td><code>"
                        + Html.text(event.row().data()) + "</code>\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    long count() {
        return count;
    }

    SortedMap<String, Long> actions() {
        return actions;
    }

    SortedMap<String, Long> actors() {
        return actors;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
