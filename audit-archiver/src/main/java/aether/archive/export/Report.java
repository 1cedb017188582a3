package aether.archive.export;

import aether.archive.keys.EpochBase;
import aether.archive.log.Checkpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code report.html}: one page without anything from elsewhere, for reading and printing. */
final class Report {

    static final String NAME = "report.html";

    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
            table{border-collapse:collapse;width:100%;margin:1rem 0}
            th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #bbb}
            td{overflow-wrap:anywhere}
            code{font-size:12px}
            thead{display:table-header-group}
            @media print{body{max-width:none;margin:0;font-size:10px}code{font-size:8px}tr{break-inside:avoid}}
            """;

    private final ExportScope scope;
    private final Checkpoint checkpoint;
    private final long from;
    private final long to;
    private final boolean keyBrought;
    private final List<EpochBase> bases;
    private final List<String> testimonies;

    Report(
            ExportScope scope,
            Checkpoint checkpoint,
            long from,
            long to,
            boolean keyBrought,
            List<EpochBase> bases,
            List<String> testimonies) {
        this.scope = scope;
        this.checkpoint = checkpoint;
        this.from = from;
        this.to = to;
        this.keyBrought = keyBrought;
        this.bases = List.copyOf(bases);
        this.testimonies = List.copyOf(testimonies);
    }

    void write(OutputStream out, ReportRows rows, Path rowsFile) throws IOException {
        say(
                out,
                "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Audit export</title>\n<style>\n"
                        + STYLE + "</style>\n<h1>Audit export</h1>\n");
        say(out, "<h2>What was asked for</h2>\n<ul>\n");
        for (String sentence : scope.sentences()) {
            say(out, "<li>" + Html.text(sentence) + "\n");
        }
        say(out, "</ul>\n<h2>What was looked at</h2>\n<p>");
        say(out, coverage(rows.count()));
        for (EpochBase base : bases) {
            say(out, "</p>\n<p>" + Html.text(base.sentence()));
        }
        say(out, "</p>\n<h2>What was verified</h2>\n<p>");
        say(out, verification());
        say(out, "</p>\n");
        if (!testimonies.isEmpty()) {
            say(out, "<h2>Witnessed by</h2>\n<ul>\n");
            for (String sentence : testimonies) {
                say(out, "<li>" + Html.text(sentence) + "\n");
            }
            say(out, "</ul>\n");
        }
        table(out, "What was done", "action", rows.actions());
        table(out, "Who did it", "actor", rows.actors());
        say(out, "<h2>Who did what, when and why</h2>\n");
        if (rows.count() > ReportRows.MAX_ROWS) {
            say(
                    out,
                    String.format(
                            Locale.ROOT,
                            "<p>The first %,d events of %,d; all are in events.csv.</p>%n",
                            ReportRows.MAX_ROWS,
                            rows.count()));
        }
        say(
                out,
                "<table>\n<thead><tr><th scope=\"col\">position<th scope=\"col\">time<th scope=\"col\">who"
                        + "<th scope=\"col\">from<th scope=\"col\">what<th scope=\"col\">on<th scope=\"col\">because of"
                        + "<th scope=\"col\">details</thead>\n<tbody>\n");
        Files.copy(rowsFile, out);
        say(out, "</tbody>\n</table>\n</html>\n");
    }

    private String coverage(long events) {
        return to <= from
                ? "The log has no entry from the time that was asked for."
                : String.format(
                        Locale.ROOT,
                        "All entries from position %d to %d of the log %s were looked at, without a gap: %d in all. "
                                + "%d of them are what was asked for and are in this export.",
                        from,
                        to - 1,
                        Html.text(checkpoint.origin()),
                        to - from,
                        events);
    }

    private String verification() {
        return String.format(
                Locale.ROOT,
                "Every event in this export was proven to stand at its position in the log of %d entries with root "
                        + "<code>%s</code>, whose checkpoint is signed by %s%s. README.txt has three ways to do that again.",
                checkpoint.size(),
                checkpoint.root().base64(),
                Html.text(checkpoint.origin()),
                keyBrought
                        ? "; the key was brought from elsewhere"
                        : "; the key was taken from the archive itself, so this is self-consistent, not independently verified");
    }

    private static void table(OutputStream out, String title, String what, Map<String, Long> counts)
            throws IOException {
        say(
                out,
                "<h2>" + title + "</h2>\n<table>\n<thead><tr><th scope=\"col\">" + what
                        + "<th scope=\"col\">events</thead>\n<tbody>\n");
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            say(out, "<tr><td>" + Html.text(count.getKey()) + "<td>" + count.getValue() + "\n");
        }
        say(out, "</tbody>\n</table>\n");
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
