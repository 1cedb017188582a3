package aether.benchmarks;

import aether.archive.export.ExportRequest;
import aether.archive.export.ExportResult;
import aether.archive.export.ExportScope;
import aether.archive.export.Exporter;
import aether.archive.read.DirectoryReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Exports of an archive of entries of 1 KiB, in bytes of entries that were looked at per second: of one organization
 * among four, and of everything, in every form and proven.
 */
final class ExportBenchmark {

    private static final int ROUNDS = 3;
    private static final double WANTED_MEGABYTES = 50;

    private final PrintStream out;

    ExportBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(int entries) throws IOException {
        Path directory = Files.createTempDirectory("aether-export");
        try {
            Path archive = directory.resolve("archive");
            double ignored = SealBenchmark.seal(archive, entries);
            ExportScope one = new ExportScope(SealBenchmark.ORGANIZATIONS.getFirst(), null, null, null, null);
            measure("one organization of four", archive, entries, one, directory.resolve("one.zip"));
            measure("everything", archive, entries, ExportScope.EVERYTHING, directory.resolve("all.zip"));
        } finally {
            SealBenchmark.delete(directory);
        }
    }

    private void measure(String what, Path archive, int entries, ExportScope scope, Path zip) throws IOException {
        Ratios rates = new Ratios();
        for (int round = 0; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            ExportResult result = Exporter.export(
                    DirectoryReader.open(archive),
                    new ExportRequest(scope, null, null, null),
                    zip,
                    ExportRequest.Progress.SILENT);
            double rate = entries * (double) SealBenchmark.ENTRY_BYTES / ((System.nanoTime() - start) / 1e9) / 1e6;
            out.printf(
                    Locale.ROOT,
                    "%s, %s: %,d of %,d events, %.1f MB/s of entries%n",
                    what,
                    round == 0 ? "warm-up" : "round " + round,
                    result.events(),
                    entries,
                    rate);
            if (round > 0) {
                rates.add(rate);
            }
        }
        out.println(rates.verdict("MB/s exporting " + what, WANTED_MEGABYTES));
    }
}
