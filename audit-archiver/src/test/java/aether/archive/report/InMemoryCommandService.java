package aether.archive.report;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A command service in memory that drops repeats, with switches for what can go wrong. */
final class InMemoryCommandService implements CommandService {

    final Map<UUID, Report> entered = new LinkedHashMap<>();
    Holding holding = new Holding(-1, 0, "", 0);
    boolean lastAskedAnew;
    int asked;
    boolean away;
    boolean answerIsLost;
    boolean refuses;

    @Override
    public void send(Report report) throws IOException, RefusedReport {
        if (away) {
            throw new IOException("Expected the command service, but it is away.");
        }
        if (refuses) {
            throw new RefusedReport("Expected something else.");
        }
        entered.putIfAbsent(report.id(), report);
        if (answerIsLost) {
            throw new IOException("Expected an answer, but it was lost.");
        }
    }

    @Override
    public Holding holding(long size, boolean anew) throws IOException {
        asked++;
        lastAskedAnew = anew;
        if (away) {
            throw new IOException("Expected the command service, but it is away.");
        }
        return holding;
    }
}
