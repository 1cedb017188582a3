package aether.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The log alone, as Axon's engine sees it, over pgbench's single-row insert and commit, in pairs. */
final class AppendBenchmark {

    static final int PAIRS = 5;

    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final PrintStream out;

    AppendBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(Duration each) throws IOException, SQLException, InterruptedException, ExecutionException {
        try (BenchServer server = new BenchServer();
                EngineUnderLoad engine = new EngineUnderLoad(server.appender())) {
            Optional<PgBench> pgbench = PgBench.find(server);
            if (pgbench.isEmpty()) {
                out.println("pgbench is neither on the PATH nor below /usr/lib/postgresql: no ratios");
            }
            Load.Result warm = engine.run(32, WARM_UP);
            out.printf("warm-up: %,.0f/s%n", warm.perSecond());
            pairs(server, engine, pgbench, 1, each, Ratios.NO_TARGET);
            pairs(server, engine, pgbench, 32, each, 1.4);
            pairs(server, engine, pgbench, 128, each, 3);
        }
    }

    private void pairs(
            BenchServer server,
            EngineUnderLoad engine,
            Optional<PgBench> pgbench,
            int inFlight,
            Duration each,
            double target)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        Ratios ratios = new Ratios();
        for (int pair = 0; pair < PAIRS; pair++) {
            server.clear();
            Load.Result log = engine.run(inFlight, each);
            out.printf(
                    "%3d in flight: log %,.0f/s, p50 %.2f ms, p99 %.2f ms; %s",
                    inFlight, log.perSecond(), log.millis(0.5), log.millis(0.99), server.check(log.calls()));
            if (pgbench.isPresent()) {
                double limit = pgbench.get().insertsPerSecond(inFlight, each);
                ratios.add(log.perSecond() / limit);
                out.printf("; pgbench %,.0f/s", limit);
            }
            out.println();
        }
        if (pgbench.isPresent()) {
            out.println(ratios.verdict("append over pgbench at " + inFlight + " in flight", target));
        }
    }
}
