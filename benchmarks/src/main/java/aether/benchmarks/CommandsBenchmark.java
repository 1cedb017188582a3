package aether.benchmarks;

import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.Outcome;
import aether.domain.network.NetworkCommand.OpenRegion;
import aether.domain.organization.OrganizationCommand.RenameOrganization;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugCommand.RegisterOrganization;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The whole command path: dispatch, load, decide, serialize, append. Opening a region makes one event on a new stream,
 * as pgbench makes one row; registering an organization makes two events on two new streams, all or nothing; renaming
 * one makes an event on a stream whose aggregate is cached.
 */
final class CommandsBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private static final int VM_IDS = 100;

    private static final Ipv4Block WORKERS = Ipv4Block.parse("10.0.0.0/16").orElseThrow();

    private static final Ipv4Block LOAD_BALANCERS =
            Ipv4Block.parse("10.1.0.0/24").orElseThrow();

    private final PrintStream out;

    CommandsBenchmark(PrintStream out) {
        this.out = out;
    }

    private enum Work {
        OPEN_REGION(1),
        REGISTER_ORGANIZATION(2),
        RENAME_ORGANIZATION(1);

        private final int events;

        Work(int events) {
            this.events = events;
        }
    }

    void run(Duration each) throws IOException, SQLException, InterruptedException, ExecutionException {
        try (BenchServer server = new BenchServer();
                CommandPath path = new CommandPath(server.appender())) {
            Optional<PgBench> pgbench = PgBench.find(server);
            if (pgbench.isEmpty()) {
                out.println("pgbench is neither on the PATH nor below /usr/lib/postgresql: no ratios");
            }
            for (Work work : Work.values()) {
                measure(path, work, 32, WARM_UP);
            }
            pairs(server, path, pgbench, Work.OPEN_REGION, 32, each, 1.2);
            pairs(server, path, pgbench, Work.OPEN_REGION, 128, each, 2);
            pairs(server, path, pgbench, Work.REGISTER_ORGANIZATION, 32, each, Ratios.NO_TARGET);
            pairs(server, path, pgbench, Work.REGISTER_ORGANIZATION, 128, each, Ratios.NO_TARGET);
            pairs(server, path, pgbench, Work.RENAME_ORGANIZATION, 32, each, 0.4);
            pairs(server, path, pgbench, Work.RENAME_ORGANIZATION, 128, each, Ratios.NO_TARGET);
        }
    }

    private void pairs(
            BenchServer server,
            CommandPath path,
            Optional<PgBench> pgbench,
            Work work,
            int inFlight,
            Duration each,
            double target)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        Ratios ratios = new Ratios();
        String what = work.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        for (int pair = 0; pair < AppendBenchmark.PAIRS; pair++) {
            path.forget();
            server.clear();
            Load.Result result = measure(path, work, inFlight, each);
            long before = work == Work.RENAME_ORGANIZATION ? (long) inFlight * Work.REGISTER_ORGANIZATION.events : 0;
            out.printf(
                    "%3d in flight: %s %,.0f commands/s, %,.0f events/s, p50 %.2f ms, p99 %.2f ms; %s",
                    inFlight,
                    what,
                    result.perSecond(),
                    result.perSecond() * work.events,
                    result.millis(0.5),
                    result.millis(0.99),
                    server.check(before + work.events * result.calls()));
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

    private static Load.Result measure(CommandPath path, Work work, int inFlight, Duration each)
            throws InterruptedException, ExecutionException {
        return switch (work) {
            case OPEN_REGION -> Load.run(inFlight, each, (caller, number) -> open(path));
            case REGISTER_ORGANIZATION ->
                Load.run(inFlight, each, (caller, number) -> {
                    OrganizationId ignored = register(path);
                });
            case RENAME_ORGANIZATION -> {
                List<OrganizationId> targets = new ArrayList<>();
                for (int i = 0; i < inFlight; i++) {
                    targets.add(register(path));
                }
                yield Load.run(inFlight, each, (caller, number) -> rename(path, targets.get(caller), number));
            }
        };
    }

    private static void open(CommandPath path) {
        accepted(path.send(
                new OpenRegion("r-" + EngineUnderLoad.random(), WORKERS, LOAD_BALANCERS, VM_IDS, 2 * VM_IDS)));
    }

    private static OrganizationId register(CommandPath path) {
        OrganizationId id = new OrganizationId(EngineUnderLoad.random());
        accepted(path.send(new RegisterOrganization("o-" + id.value(), id, "A name for a company")));
        return id;
    }

    private static void rename(CommandPath path, OrganizationId id, int number) {
        accepted(path.send(new RenameOrganization(id, "A name for a company, number " + number)));
    }

    private static void accepted(Outcome outcome) {
        if (!(outcome instanceof Outcome.Accepted accepted) || !accepted.changed()) {
            throw new IllegalStateException("Expected the command to be accepted, but got " + outcome);
        }
    }
}
