package aether.projection.http;

import aether.projection.access.Caller;
import aether.projection.access.Callers;
import aether.projection.database.ViewStore;
import aether.projection.position.IntakeMonitor;
import aether.projection.position.Positions;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.http.ResponseEntity;

/** Where every query comes in: it learns who asks, waits until the views are fresh enough, and reads one snapshot. */
public final class QueryDoor {

    /** The position that the views must have reached before the query is answered. */
    public static final String MIN_POSITION = "Aether-Min-Position";

    /** A view is usually milliseconds behind; who waits longer than this is better told. */
    private static final Duration FRESHNESS_WAIT = Duration.ofSeconds(5);

    /** Another process may move the views: this often the database is asked. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Callers callers;
    private final ViewStore store;
    private final IntakeMonitor monitor;
    private final LongSupplier nanoTime;

    public QueryDoor(Callers callers, ViewStore store, IntakeMonitor monitor, LongSupplier nanoTime) {
        this.callers = callers;
        this.store = store;
        this.monitor = monitor;
        this.nanoTime = nanoTime;
    }

    /**
     * One query.
     *
     * @param <T> what it answers
     */
    @FunctionalInterface
    public interface Query<T> {
        /** Answers it from a snapshot. */
        T answer(Connection connection, Scope scope) throws SQLException;
    }

    private record Answered(long viewPosition, Object body) {}

    /**
     * Answers a query.
     *
     * @throws QueryRefused when the caller is unknown or the views are too far behind
     */
    public ResponseEntity<byte[]> answer(HttpServletRequest request, Query<?> query) throws SQLException {
        Caller caller = caller(request);
        awaitFreshness(request);
        Answered answered = store.read(connection -> new Answered(
                Positions.nextWanted(connection) - 1, query.answer(connection, Scope.of(connection, caller))));
        return Answers.ok(answered.viewPosition(), answered.body());
    }

    /** Reads something else of the same snapshot kind for a caller that is known already. */
    public <T> T read(Caller caller, Query<T> query) throws SQLException {
        return store.read(connection -> query.answer(connection, Scope.of(connection, caller)));
    }

    /**
     * Who asks.
     *
     * @throws QueryRefused when nobody who may
     */
    public Caller caller(HttpServletRequest request) {
        Caller caller = callers.whose(request.getHeader("Authorization")).orElseThrow(QueryRefused::unauthorized);
        return switch (caller.kind()) {
            case PLATFORM, ORGANIZATION -> caller;
            case WORKER, ARCHIVER ->
                throw QueryRefused.forbidden("Expected a token of an administrator or an organization, but "
                        + caller.name() + " is neither.");
        };
    }

    /**
     * An administrator.
     *
     * @throws QueryRefused when somebody else asks
     */
    public Caller administrator(HttpServletRequest request) {
        Caller caller = caller(request);
        if (!caller.isPlatform()) {
            throw QueryRefused.forbidden("Expected a token of an administrator, but " + caller.name() + " is none.");
        }
        return caller;
    }

    /**
     * Waits until the views have reached what the request asks for.
     *
     * @throws QueryRefused when they have not in time
     */
    public void awaitFreshness(HttpServletRequest request) throws SQLException {
        String header = request.getHeader(MIN_POSITION);
        if (header == null) {
            return;
        }
        long position = Parameters.position(MIN_POSITION, header.strip());
        long deadline = nanoTime.getAsLong() + FRESHNESS_WAIT.toNanos();
        while (!reached(position)) {
            if (nanoTime.getAsLong() - deadline >= 0) {
                throw QueryRefused.notNow(
                        "view_behind",
                        "Expected the views to reach position %d within %d s, but they stand at %d."
                                .formatted(
                                        position,
                                        FRESHNESS_WAIT.toSeconds(),
                                        monitor.status().nextWanted() - 1));
            }
        }
    }

    private boolean reached(long position) throws SQLException {
        try {
            if (monitor.await(position + 1, LOOK)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw QueryRefused.notNow("stopping", "Expected to wait for the views, but the service is stopping.");
        }
        monitor.observed(store.read(Positions::nextWanted));
        return monitor.status().nextWanted() > position;
    }
}
