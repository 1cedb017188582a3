package aether.benchmarks;

import aether.archive.read.DirectoryReader;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationLevel;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import aether.archive.verify.VerificationRequest.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verification of the whole tree (L3: every entry read and hashed, every tile derived and compared) of entries of 1 KiB
 * on one thread, over what {@code openssl speed} says of SHA-256 at that size on one core, in turns; then on all cores.
 */
final class VerifyBenchmark {

    private static final int ROUNDS = 5;
    private static final double WANTED_RATIO = 0.6;
    private static final double WANTED_SCALING = 0.8;

    /** {@code sha256 1494257.14k}: in thousands of bytes per second. */
    private static final Pattern SPEED = Pattern.compile("sha256\\s+([0-9.]+)k");

    private final PrintStream out;

    VerifyBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(int entries) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("aether-verify");
        try {
            Path archive = directory.resolve("archive");
            double ignored = SealBenchmark.seal(archive, entries);
            int cores = Runtime.getRuntime().availableProcessors();
            Ratios ratios = new Ratios();
            Ratios scaling = new Ratios();
            for (int round = 0; round <= ROUNDS; round++) {
                double one = rate(archive, entries, 1);
                double limit = openssl();
                double all = rate(archive, entries, cores);
                out.printf(
                        Locale.ROOT,
                        "%s: one thread %,.0f MB/s, openssl %,.0f MB/s, ratio %.2f; %d threads %,.0f MB/s%n",
                        round == 0 ? "warm-up" : "round " + round,
                        one / 1e6,
                        limit / 1e6,
                        one / limit,
                        cores,
                        all / 1e6);
                if (round > 0) {
                    ratios.add(one / limit);
                    scaling.add(all / one / cores);
                }
            }
            out.println(ratios.verdict("verifying the tree over openssl's SHA-256 of one core", WANTED_RATIO));
            out.println(scaling.verdict(cores + " threads over as many times one thread", WANTED_SCALING));
        } finally {
            SealBenchmark.delete(directory);
        }
    }

    /** Bytes of entries per second. */
    private static double rate(Path archive, int entries, int threads) throws IOException {
        long start = System.nanoTime();
        VerificationReport report = ArchiveVerifier.verify(
                DirectoryReader.open(archive),
                new VerificationRequest(VerificationLevel.TREE, null, List.of(), threads, Progress.SILENT));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!report.isIntact() || report.entries() != entries) {
            throw new IllegalStateException(
                    "Expected an intact archive of " + entries + " entries, but it is " + report + ".");
        }
        return entries * (double) SealBenchmark.ENTRY_BYTES / seconds;
    }

    private static double openssl() throws IOException, InterruptedException {
        Process speed = new ProcessBuilder(
                        "openssl",
                        "speed",
                        "-seconds",
                        "1",
                        "-bytes",
                        Integer.toString(SealBenchmark.ENTRY_BYTES),
                        "sha256")
                .redirectErrorStream(true)
                .start();
        String said = new String(speed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = SPEED.matcher(said);
        if (speed.waitFor() != 0 || !rate.find()) {
            throw new IllegalStateException("Expected openssl speed to say a rate, but it said " + said);
        }
        return Double.parseDouble(rate.group(1)) * 1000;
    }
}
