package aether.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The same load through one, two and three writer processes. */
final class WritersBenchmark {

    private static final int[] IN_FLIGHT = {32, 128};

    private static final double[] TARGETS = {1, 0.6, 0.35};

    private static final long WARM_UP_MILLIS = 3_000;

    private final PrintStream out;

    WritersBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(Duration each) throws IOException, SQLException {
        try (BenchServer server = new BenchServer()) {
            List<OtherJvm> workers = new ArrayList<>();
            try {
                for (int i = 0; i < TARGETS.length; i++) {
                    workers.add(OtherJvm.start("append-worker", server.appender()));
                }
                workers.forEach(OtherJvm::hear);
                for (OtherJvm worker : workers) {
                    append(List.of(worker), 32, WARM_UP_MILLIS);
                }
                for (int inFlight : IN_FLIGHT) {
                    measure(server, workers, inFlight, each);
                }
            } finally {
                workers.forEach(OtherJvm::close);
            }
        }
    }

    private void measure(BenchServer server, List<OtherJvm> workers, int inFlight, Duration each) throws SQLException {
        List<Ratios> ratios = List.of(new Ratios(), new Ratios(), new Ratios());
        for (int round = 0; round < AppendBenchmark.PAIRS; round++) {
            double one = 0;
            for (int count = 1; count <= workers.size(); count++) {
                server.clear();
                long acknowledged = append(workers.subList(0, count), inFlight, each.toMillis());
                double perSecond = acknowledged / (each.toMillis() / 1e3);
                one = count == 1 ? perSecond : one;
                ratios.get(count - 1).add(perSecond / one);
                out.printf(
                        "%3d in flight, %d processes: %,.0f/s; %s%n",
                        inFlight, count, perSecond, server.check(acknowledged));
            }
        }
        for (int count = 2; count <= workers.size(); count++) {
            out.println(ratios.get(count - 1)
                    .verdict(count + " writer processes over one at " + inFlight + " in flight", TARGETS[count - 1]));
        }
    }

    private static long append(List<OtherJvm> workers, int inFlight, long millis) {
        for (int i = 0; i < workers.size(); i++) {
            int share = inFlight / workers.size() + (i < inFlight % workers.size() ? 1 : 0);
            workers.get(i).say(share + " " + millis);
        }
        long acknowledged = 0;
        for (OtherJvm worker : workers) {
            acknowledged += Long.parseLong(worker.hear());
        }
        return acknowledged;
    }
}
