package aether.store.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer thread: takes a batch, sends it, answers it, and comes back by itself when the database went away.
 *
 * <p>After a lost connection the same batch is sent again. That cannot double anything: what the lost statement stored,
 * or stores yet (its backend may still be waiting for the lock), holds the commands' stream positions, so the second
 * try loses against it, finds its own event ids there and answers with the first try's positions.
 */
final class WriterLoop implements Runnable {

    /** How often an idle writer looks whether it was closed. */
    private static final long IDLE_MILLIS = 100;

    private static final long FIRST_BACKOFF_MILLIS = 10;

    /** A database that comes back is noticed within this. */
    private static final long MAX_BACKOFF_MILLIS = 500;

    /** lock_not_available, query_canceled: the connection is well, the log was busy. */
    private static final Set<String> TIMEOUTS = Set.of("55P03", "57014");

    private static final Logger LOG = LoggerFactory.getLogger(WriterLoop.class);

    private final WriterSettings settings;

    private final Backlog backlog;

    private final LogNotifier notifier;

    private final Consumer<ClockStep> clockSteps;

    private final ClockWatch clock = new ClockWatch();

    private @Nullable AppendCall call;

    private volatile boolean stopping;

    WriterLoop(WriterSettings settings, Backlog backlog, LogNotifier notifier, Consumer<ClockStep> clockSteps) {
        this.settings = settings;
        this.backlog = backlog;
        this.notifier = notifier;
        this.clockSteps = clockSteps;
    }

    /** Ends the loop once everything waiting is answered. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        String reason = "the writer was closed";
        try {
            while (!stopping || !backlog.isEmpty()) {
                deliver(backlog.next(IDLE_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reason = "the writer was interrupted";
        } catch (RuntimeException | Error e) {
            LOG.error("Expected the log's writer to go on, but it failed; every append is refused from now on", e);
            reason = "the writer failed: " + e;
            throw e;
        } finally {
            stopping = true;
            backlog.refuse(true, reason, null);
            disconnect();
        }
    }

    boolean stopped() {
        return stopping;
    }

    private void deliver(List<Pending> batch) throws InterruptedException {
        List<Pending> open = new ArrayList<>(batch);
        long backoff = FIRST_BACKOFF_MILLIS;
        try {
            while (!open.isEmpty()) {
                try {
                    send(open);
                } catch (SQLException e) {
                    if (failed(open, e)) {
                        continue;
                    }
                    Thread.sleep(backoff);
                    backoff = Math.min(2 * backoff, MAX_BACKOFF_MILLIS);
                }
            }
        } finally {
            batch.forEach(pending -> pending.giveUp("the writer stopped", null)); // no effect on what is answered
        }
    }

    /** Sends the commands and takes those that are answered out of the list. */
    private void send(List<Pending> open) throws SQLException {
        AppendCall current = call;
        if (current == null) {
            current = new AppendCall(LogConnections.writer(settings.database()));
            call = current;
        }
        long sent = System.nanoTime();
        AppendCall.Result result;
        try {
            result = current.append(open);
        } catch (SQLException e) {
            if (Failure.of(e) == Failure.LOST) {
                open.forEach(pending -> pending.uncertain = true);
            }
            throw e;
        }
        long answered = System.nanoTime();
        if (settle(open, result, current)) {
            notifier.grown();
            ClockStep step =
                    clock.observe(result.base(), result.clockMicros(), result.recordedMicros(), sent, answered);
            if (step != null) {
                LOG.warn("The log's clock stepped by {} ms at position {}", step.stepMicros() / 1_000, step.position());
                tell(step);
            }
        }
    }

    private void tell(ClockStep step) {
        try {
            clockSteps.accept(step);
        } catch (RuntimeException e) {
            LOG.error("Expected to report {}, but its listener failed", step, e);
        }
    }

    /** Answers winners first, then those that lost; true when anything was stored. */
    private static boolean settle(List<Pending> open, AppendCall.Result result, AppendCall current)
            throws SQLException {
        @Nullable AppendOutcome[] refusals = new @Nullable AppendOutcome[open.size()];
        for (AppendCall.Repeat repeat : result.repeats()) {
            refusals[repeat.ordinal()] = duplicate(open.get(repeat.ordinal()).command, repeat.position());
        }
        for (AppendCall.Loser loser : result.losers()) {
            refusals[loser.ordinal()] = conflict(open.get(loser.ordinal()).command, loser);
        }
        long position = result.base();
        List<Pending> refused = new ArrayList<>();
        List<AppendOutcome> reasons = new ArrayList<>();
        for (int i = 0; i < refusals.length; i++) {
            Pending pending = open.get(i);
            AppendOutcome refusal = refusals[i];
            if (refusal == null) {
                int count = pending.command.events().size();
                pending.succeed(new AppendOutcome.Appended(position, count, result.recordedMicros()));
                position += count;
            } else {
                refused.add(pending);
                reasons.add(refusal);
            }
        }
        open.clear();
        open.addAll(refused); // sent again, and refused again, should the question below lose its answer
        for (int i = 0; i < refused.size(); i++) {
            Pending pending = refused.get(i);
            AppendOutcome own = pending.uncertain ? current.findOwn(pending.command) : null;
            pending.succeed(own != null ? own : reasons.get(i));
            open.remove(pending);
        }
        return position > result.base();
    }

    private static AppendOutcome duplicate(AppendCommand command, long position) {
        if (command.commandId() == null) {
            throw new IllegalStateException("Expected a repeat to have a command id, but it has none");
        }
        return new AppendOutcome.Duplicate(command.commandId(), position);
    }

    private static AppendOutcome conflict(AppendCommand command, AppendCall.Loser loser) {
        for (NewEvent event : command.events()) {
            if (event.stream().equals(loser.stream())) {
                return new AppendOutcome.Conflict(loser.stream(), event.sequence(), loser.next());
            }
        }
        throw new IllegalStateException("Expected stream " + loser.stream() + " in the command, but it is not");
    }

    /** Sorts a failure; true when the list can go on at once. */
    private boolean failed(List<Pending> open, SQLException error) throws InterruptedException {
        Failure failure = call == null ? Failure.BUSY : Failure.of(error);
        if (failure == Failure.REFUSED) {
            isolate(open, error);
            return true;
        }
        if (failure == Failure.LOST || !TIMEOUTS.contains(String.valueOf(error.getSQLState()))) {
            disconnect(); // the next connection may find the new primary
        }
        LOG.warn("Expected to append {} commands, but {}; trying again", open.size(), error.getMessage());
        long now = System.nanoTime();
        String reason = "the database did not take it within " + settings.answerWait() + ": " + error.getMessage();
        open.removeIf(pending -> {
            boolean over = stopping || pending.expired(now);
            if (over) {
                pending.giveUp(reason, error);
            }
            return over;
        });
        backlog.refuse(false, reason, error);
        return open.isEmpty();
    }

    /** One command's bytes must not cost the others their commit. */
    private void isolate(List<Pending> open, SQLException error) throws InterruptedException {
        if (open.size() == 1) {
            Pending culprit = open.removeFirst();
            culprit.fail(new IllegalArgumentException(
                    "Expected events that PostgreSQL can store, but it said: " + error.getMessage(), error));
            return;
        }
        List<Pending> all = List.copyOf(open);
        open.clear();
        for (Pending single : all) {
            deliver(List.of(single));
        }
    }

    private void disconnect() {
        AppendCall current = call;
        call = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                LOG.debug("Expected to close the writer's connection, but {}", e.getMessage());
            }
        }
    }
}
