package aether.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** From the commit of an event to the moment another process has it: as a reader of the log, and in an Axon handler. */
final class LatencyBenchmark {

    /** One event at a time, so many a second: a machine with time on its hands, as the target has it. */
    private static final int PER_SECOND = 200;

    private static final int WARM_UP = 400;

    private final PrintStream out;

    LatencyBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(Duration each) throws IOException, SQLException {
        int count = (int) Math.min(LatencyWorker.MAX_EVENTS, WARM_UP + PER_SECOND * each.toSeconds());
        try (BenchServer server = new BenchServer();
                EngineUnderLoad engine = new EngineUnderLoad(server.appender())) {
            measure(server, engine, "reader", count, 2, Double.POSITIVE_INFINITY);
            measure(server, engine, "handler", count, 5, 25);
        }
    }

    private void measure(
            BenchServer server, EngineUnderLoad engine, String who, int count, double p50Target, double p99Target)
            throws IOException, SQLException {
        server.clear();
        long[] called = new long[count];
        long[] acknowledged = new long[count];
        try (OtherJvm other = OtherJvm.start("latency-worker", server.saga(), who, Integer.toString(count))) {
            other.hear();
            for (int i = 0; i < count; i++) {
                called[i] = System.nanoTime();
                engine.append();
                acknowledged[i] = System.nanoTime();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
            }
            long[] sinceCommit = new long[count - WARM_UP];
            long[] sinceCall = new long[count - WARM_UP];
            for (int i = 0; i < count; i++) {
                long seen = Long.parseLong(other.hear());
                if (i >= WARM_UP) {
                    // The commit lies between call and acknowledgement; a reader may be faster than the latter.
                    sinceCommit[i - WARM_UP] = Math.max(0, seen - acknowledged[i]);
                    sinceCall[i - WARM_UP] = seen - called[i];
                }
            }
            report(who, sinceCommit, sinceCall, p50Target, p99Target);
        }
    }

    private void report(String who, long[] sinceCommit, long[] sinceCall, double p50Target, double p99Target) {
        Arrays.sort(sinceCommit);
        Arrays.sort(sinceCall);
        double p50 = millis(sinceCommit, 0.5);
        double p99 = millis(sinceCommit, 0.99);
        out.printf(
                "acknowledged to %s in another process: p50 %.2f ms (wanted %.0f: %s), p99 %.2f ms%s; counted from the"
                        + " append call p50 %.2f, p99 %.2f%n",
                who,
                p50,
                p50Target,
                Ratios.met(p50 <= p50Target),
                p99,
                Double.isInfinite(p99Target)
                        ? ""
                        : String.format(" (wanted %.0f: %s)", p99Target, Ratios.met(p99 <= p99Target)),
                millis(sinceCall, 0.5),
                millis(sinceCall, 0.99));
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile))] / 1e6;
    }
}
