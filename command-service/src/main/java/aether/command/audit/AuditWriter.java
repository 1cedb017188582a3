package aether.command.audit;

import aether.command.access.Principal;
import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.command.dispatch.Overloaded;
import aether.command.privacy.Pseudonyms;
import aether.domain.audit.AuditCommand;
import aether.domain.kernel.NameBasedId;
import aether.store.log.ClockStep;
import aether.store.log.LogOutcomeUnknown;
import aether.store.log.LogUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends audit entries on a thread of its own, after and apart from the requests they are about. It has an audit
 * stream of its own, so that it conflicts with nobody.
 */
public final class AuditWriter implements AutoCloseable {

    /** Entries that wait while the log is away; refusals beyond are counted instead. */
    private static final int QUEUE_CAPACITY = 1_000;

    /** How often summaries are looked for. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private static final Duration PAUSE_WHILE_AWAY = Duration.ofSeconds(1);

    /** Long enough for what waits to be appended, short enough for a stop. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);

    private final String shard;

    private final CommandDispatcher dispatcher;

    private final Refusals refusals;

    private final Supplier<UUID> ids;

    private final Pseudonyms pseudonyms;

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);

    private final Thread thread =
            Thread.ofPlatform().daemon().name("aether-audit-writer").unstarted(this::run);

    private volatile boolean closing;

    /**
     * Names are replaced when the entry is written, on the writer's own thread: whoever is refused waits for nothing.
     */
    private record Entry(UUID id, String what, Function<Pseudonyms, AuditCommand> command) {}

    /**
     * A writer.
     *
     * @param shard the name of this service's audit stream, unique among its instances
     * @param refusals counts what is not entered one by one
     * @param pseudonyms what stands for a caller in the trail
     */
    public AuditWriter(
            String shard, CommandDispatcher dispatcher, Refusals refusals, Supplier<UUID> ids, Pseudonyms pseudonyms) {
        this.shard = shard;
        this.dispatcher = dispatcher;
        this.refusals = refusals;
        this.ids = ids;
        this.pseudonyms = pseudonyms;
    }

    /** Starts writing. */
    public void start() {
        thread.start();
    }

    /**
     * Enters a refusal, or counts it when the caller is refused too often. Returns at once.
     *
     * @param caller an identity, or the address of somebody without one
     * @param action the method and route template
     * @param code the machine-readable reason
     */
    public void refused(Principal caller, String action, String code) {
        if (refusals.isToBeEntered(caller)
                && !queue.offer(new Entry(
                        ids.get(),
                        "that " + action + " was refused with " + code,
                        names -> new AuditCommand.RecordRefusal(shard, names.of(caller), action, code)))) {
            refusals.leftOut(caller);
        }
    }

    /** Enters a step of the log's clock, once. Returns at once. */
    public void clockStepped(ClockStep step) {
        UUID once = NameBasedId.of("clock-step", shard, step.position(), step.clockMicros());
        AuditCommand command = new AuditCommand.RecordClockStep(shard, step.stepMicros());
        if (!queue.offer(new Entry(once, step.toString(), names -> command))) {
            LOG.error("Expected room to enter {} into the audit trail, but {} entries wait", step, queue.size());
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(STOP_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                Entry entry = queue.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (entry != null) {
                    append(entry);
                }
                summarize(refusals.due());
            }
            summarize(refusals.all());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void summarize(List<Refusals.Summary> summaries) throws InterruptedException {
        for (Refusals.Summary summary : summaries) {
            append(new Entry(
                    ids.get(),
                    "how often somebody was refused",
                    names -> new AuditCommand.SummarizeRefusals(
                            shard, names.of(summary.caller()), summary.count(), summary.since(), summary.until())));
        }
    }

    /** Tries until the log takes it: what is in the queue is owed to the trail. */
    private void append(Entry entry) throws InterruptedException {
        @Nullable RuntimeException away = null;
        do {
            try {
                var unused = dispatcher.dispatch(new CommandEnvelope(
                        entry.id(), entry.command().apply(pseudonyms), CommandContext.of(Actor.SERVICE)));
                return;
            } catch (LogUnavailable | LogOutcomeUnknown | Overloaded e) {
                away = e;
                Thread.sleep(PAUSE_WHILE_AWAY);
            } catch (RuntimeException e) {
                // The thread's edge: one entry that cannot be stored must not end all others.
                LOG.error("Expected to enter {} into the audit trail, but it failed", entry.what(), e);
                return;
            }
        } while (!closing);
        LOG.error("Expected to enter {} before stopping, but {}", entry.what(), away.getMessage());
    }
}
