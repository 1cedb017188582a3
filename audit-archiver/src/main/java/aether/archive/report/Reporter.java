package aether.archive.report;

import aether.archive.cosign.WitnessNews;
import aether.archive.log.Hash;
import aether.archive.probe.WormVerdict;
import aether.archive.report.ReportPlan.Due;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters into the event log what the archive has to say. Beside the work, never in its way: it has a thread of its own
 * that waits for the command service, and the archiver only looks in.
 *
 * <p>One thread uses it.
 */
public final class Reporter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final ReportSettings settings;
    private final Reports reports;
    private final Outbox outbox;
    private final CommandService service;
    private final InstantSource time;
    private final LongSupplier nanoTime;
    private final ExecutorService thread;
    private @Nullable Future<?> work; // null before the first
    private volatile @Nullable ReportPlan plan; // null before the first step
    private volatile boolean waiting = true; // an earlier process may have left something
    private volatile long flushAt;
    private volatile String trouble = "";
    private volatile String compared = "";
    private volatile String alarm = "";
    private String unheard = "";

    /**
     * A reporter.
     *
     * @param archive the origin of the archive's log
     * @param time the wall clock
     * @param nanoTime a clock that only goes forward
     */
    public Reporter(
            String archive,
            ReportSettings settings,
            CommandService service,
            InstantSource time,
            LongSupplier nanoTime) {
        this(
                archive,
                settings,
                service,
                time,
                nanoTime,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("audit-reports").factory()));
    }

    Reporter(
            String archive,
            ReportSettings settings,
            CommandService service,
            InstantSource time,
            LongSupplier nanoTime,
            ExecutorService thread) {
        this.thread = thread;
        this.settings = settings;
        this.reports = new Reports(archive);
        this.outbox = new Outbox(settings.outbox());
        this.service = service;
        this.time = time;
        this.nanoTime = nanoTime;
    }

    /** Keeps a verdict until the log has it. */
    public void judge(WormVerdict verdict) throws IOException {
        outbox.add(reports.probe(verdict));
        waiting = true;
        flushAt = nanoTime.getAsLong();
    }

    /** Keeps what a verification of the whole archive came to until the log has it. */
    public void verified(Instant at, VerificationReport verification) throws IOException {
        outbox.add(reports.verification(at, verification));
        waiting = true;
        flushAt = nanoTime.getAsLong();
    }

    /** Keeps what a witness answered until the log has it. */
    public void heard(WitnessNews news) throws IOException {
        outbox.add(
                switch (news) {
                    case WitnessNews.Refused refused -> reports.witnessRefusal(refused);
                    case WitnessNews.Agreed agreed -> reports.witnessAgreement(agreed);
                });
        waiting = true;
        flushAt = nanoTime.getAsLong();
    }

    /**
     * Begins what is due, unless something is still on its way.
     *
     * @param size how many entries the archive has
     * @param sealedSize how many of them are sealed
     * @param sealedRoot the root over those
     */
    public void step(long size, long sealedSize, Hash sealedRoot) {
        if (work != null && !work.isDone()) {
            return; // a step later the archive has grown no less
        }
        long now = nanoTime.getAsLong();
        ReportPlan before = plan;
        ReportPlan seen = before == null ? ReportPlan.starting(size, now) : before.seen(size, now);
        plan = seen;
        unheard = seen.isUnheard(settings, now)
                ? "Expected the heartbeat at size " + size + " to come back through Kafka, but it has not."
                : "";
        Due due = seen.due(settings, time.instant(), now, sealedSize);
        boolean nothing = due instanceof Due.Nothing && (!waiting || now - flushAt < 0);
        if (nothing) {
            return;
        }
        work = thread.submit(() -> perform(due, seen, sealedSize, sealedRoot));
    }

    private void perform(Due due, ReportPlan now, long sealedSize, Hash sealedRoot) {
        ReportPlan next = now.later(nanoTime.getAsLong()); // unless it is done
        waiting = true;
        try {
            next = switch (due) {
                case Due.Nothing nothing -> now;
                case Due.Heartbeat beat -> {
                    outbox.add(reports.heartbeat(beat.size(), beat.silentSeconds()));
                    yield now.beaten(beat.size());
                }
                case Due.Comparison comparison -> compare(comparison, now, sealedSize, sealedRoot);
            };
            outbox.flush(service);
            waiting = false;
            trouble = "";
        } catch (IOException e) {
            if (trouble.isEmpty()) {
                LOG.warn("Reports wait for the command service: {}", e.getMessage());
            }
            trouble = e.getMessage() + " Reports wait in " + settings.outbox() + ".";
        } catch (RuntimeException e) { // the thread's edge: whatever it is, the next one is another attempt
            LOG.error("A report failed: {}", e.getMessage(), e);
            trouble = String.valueOf(e.getMessage());
        } finally {
            plan = next;
            flushAt = nanoTime.getAsLong() + ReportPlan.TRY_AGAIN.toNanos();
        }
    }

    /** Kept before the archive stands still over it: whoever looks at the log finds the reason. */
    private ReportPlan compare(Due.Comparison due, ReportPlan now, long sealedSize, Hash sealedRoot)
            throws IOException {
        Reconciliation found = new Reconciliation(sealedSize, sealedRoot, service.holding(sealedSize, due.anew()));
        outbox.add(reports.reconciliation(due.hour(), found));
        compared = found.sentence();
        if (found.finding() == Reconciliation.Finding.AGREES) {
            LOG.info("{}", found.sentence());
        } else {
            alarm = found.sentence();
        }
        return now.compared(due, nanoTime.getAsLong());
    }

    /** Why nothing more may be sealed; empty while there is no reason. */
    public String alarm() {
        return alarm;
    }

    /** How it goes, in sentences. */
    public String report() {
        return Stream.of(trouble, unheard, compared)
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
