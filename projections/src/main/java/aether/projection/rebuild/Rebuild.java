package aether.projection.rebuild;

import aether.projection.database.ViewDatabase;
import aether.projection.intake.EventIntake;
import aether.projection.intake.Intakes;
import aether.projection.position.IntakeMonitor;
import aether.projection.position.Positions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds every view again from position 0 in a schema beside the live one, then swaps the two by name. The live views
 * answer and move on all the while. Killed at any moment it leaves the live views whole; what it left beside them is
 * removed by the next rebuild.
 */
public final class Rebuild {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

    /** The lock that keeps two rebuilds of one database apart; the number is ours alone there. */
    private static final long LOCK = 0x6165_7468_6572_0001L;

    /** How long the new views may stand still before the rebuild is given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration LOOK = Duration.ofMillis(500);

    /** Queries take milliseconds; who holds the guard longer than this hangs, and the swap tries again. */
    private static final String GUARD_WAIT = "set local lock_timeout = '5s'";

    private final ViewDatabase database;
    private final Intakes intakes;
    private final LongSupplier nanoTime;

    public Rebuild(ViewDatabase database, Intakes intakes, LongSupplier nanoTime) {
        this.database = database;
        this.intakes = intakes;
        this.nanoTime = nanoTime;
    }

    /**
     * Rebuilds.
     *
     * @throws RebuildFailedException when the events cannot be read to the live position, or another rebuild is under
     *     way
     */
    public RebuildReport run() throws SQLException, InterruptedException {
        long begin = nanoTime.getAsLong();
        database.migrate();
        try (Connection exclusive = database.direct()) {
            lock(exclusive);
            ViewDatabase beside = database.beside(nextSchema());
            RebuildReport report = build(beside, begin);
            database.drop(oldSchema());
            intakes.state(report.after().nextWanted()); // the rebuild may have asked for older ones
            return report;
        }
    }

    private RebuildReport build(ViewDatabase beside, long begin) throws SQLException, InterruptedException {
        IntakeMonitor monitor = new IntakeMonitor();
        try (beside) {
            Optional<RebuildReport> swapped = Optional.empty();
            while (swapped.isEmpty()) {
                long goal = database.read(Positions::nextWanted);
                try (EventIntake intake = intakes.into(beside, () -> {}, monitor)) {
                    intake.start();
                    follow(monitor, goal);
                }
                swapped = swap(beside, begin);
            }
            return swapped.get();
        }
    }

    private void follow(IntakeMonitor monitor, long goal) throws InterruptedException {
        long reached = monitor.status().nextWanted();
        long since = nanoTime.getAsLong();
        while (!monitor.await(goal, LOOK)) {
            long now = monitor.status().nextWanted();
            if (now > reached) {
                reached = now;
                since = nanoTime.getAsLong();
            } else if (nanoTime.getAsLong() - since > PATIENCE.toNanos()) {
                String why = monitor.status().message();
                throw new RebuildFailedException("Expected to read up to position %d, but stood before %d for %s%s"
                        .formatted(goal - 1, now, PATIENCE, why == null ? "." : ": " + why));
            }
        }
    }

    /** Swaps when the new views are not behind; nobody reads or writes either of them at that moment. */
    private Optional<RebuildReport> swap(ViewDatabase beside, long begin) throws SQLException {
        try (Connection connection = database.direct();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(GUARD_WAIT);
            statement.execute("lock table " + database.guard() + " in access exclusive mode");
            ViewCounts before = ViewCounts.of(connection);
            statement.execute("set local search_path to " + beside.schema());
            ViewCounts after = ViewCounts.of(connection);
            if (after.nextWanted() < before.nextWanted()) {
                connection.rollback();
                return Optional.empty();
            }
            statement.execute("drop schema if exists " + oldSchema() + " cascade");
            statement.execute("alter schema " + database.schema() + " rename to " + oldSchema());
            statement.execute("alter schema " + beside.schema() + " rename to " + database.schema());
            connection.commit();
            RebuildReport report = new RebuildReport(before, after, Duration.ofNanos(nanoTime.getAsLong() - begin));
            LOG.info("Views rebuilt: {}", report);
            return Optional.of(report);
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new RebuildFailedException("Expected no other rebuild, but one is under way.");
            }
        }
    }

    private String nextSchema() {
        return database.schema() + "_next";
    }

    private String oldSchema() {
        return database.schema() + "_old";
    }
}
