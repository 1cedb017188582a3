package aether.benchmarks;

import aether.domain.kernel.Outcome;
import aether.domain.organization.OrganizationAggregate;
import aether.domain.organization.OrganizationCommand.RenameOrganization;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugAggregate;
import aether.domain.organization.SlugCommand.RegisterOrganization;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The whole command path: dispatch, load, decide, serialize, append. Creating registers an organization, which is two
 * events on two new streams; updating renames one that is cached.
 */
final class CommandsBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private static final int EVENTS_PER_CREATE = 2;

    private final PrintStream out;

    CommandsBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(Duration each) throws IOException, SQLException, InterruptedException, ExecutionException {
        try (BenchServer server = new BenchServer();
                CommandPath path = new CommandPath(server.appender())) {
            Optional<PgBench> pgbench = PgBench.find(server);
            if (pgbench.isEmpty()) {
                out.println("pgbench is neither on the PATH nor below /usr/lib/postgresql: no ratios");
            }
            Load.run(32, WARM_UP, (caller, number) -> create(path));
            pairs(server, path, pgbench, false, 32, each, 1.2);
            pairs(server, path, pgbench, false, 128, each, 2);
            pairs(server, path, pgbench, true, 32, each, 0.4);
            pairs(server, path, pgbench, true, 128, each, 0);
        }
    }

    private void pairs(
            BenchServer server,
            CommandPath path,
            Optional<PgBench> pgbench,
            boolean update,
            int inFlight,
            Duration each,
            double target)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        Ratios ratios = new Ratios();
        String what = update ? "update" : "create";
        for (int pair = 0; pair < AppendBenchmark.PAIRS; pair++) {
            path.forget();
            server.clear();
            List<OrganizationId> targets = new ArrayList<>();
            for (int i = 0; update && i < inFlight; i++) {
                targets.add(create(path));
            }
            Load.Result result = Load.run(
                    inFlight,
                    each,
                    update
                            ? (caller, number) -> rename(path, targets.get(caller), number)
                            : (caller, number) -> create(path));
            long events =
                    update ? result.calls() + (long) EVENTS_PER_CREATE * inFlight : EVENTS_PER_CREATE * result.calls();
            out.printf(
                    "%3d in flight: %s %,.0f commands/s, p50 %.2f ms, p99 %.2f ms; %s",
                    inFlight, what, result.perSecond(), result.millis(0.5), result.millis(0.99), server.check(events));
            if (pgbench.isPresent()) {
                double limit = pgbench.get().insertsPerSecond(inFlight, each);
                ratios.add(result.perSecond() / limit);
                out.printf("; pgbench %,.0f/s", limit);
            }
            out.println();
        }
        if (pgbench.isPresent()) {
            out.println(ratios.verdict(what + " commands over pgbench inserts at " + inFlight + " in flight", target));
        }
    }

    private static OrganizationId create(CommandPath path) {
        OrganizationId id = new OrganizationId(EngineUnderLoad.random());
        accepted(path.send(new RegisterOrganization("o-" + id.value(), id, "A name for a company")));
        return id;
    }

    private static void rename(CommandPath path, OrganizationId id, int number) {
        accepted(path.send(new RenameOrganization(id, "A name for a company, number " + number)));
    }

    private static void accepted(@Nullable Object outcome) {
        if (!(outcome instanceof Outcome.Accepted accepted) || !accepted.changed()) {
            throw new IllegalStateException("Expected the command to be accepted, but got " + outcome);
        }
    }

    /** The aggregates that the path handles. */
    static List<Class<?>> aggregates() {
        return List.of(SlugAggregate.class, OrganizationAggregate.class);
    }
}
