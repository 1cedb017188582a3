package aether.archive.routine;

import aether.archive.log.VerifierKey;
import aether.archive.store.DurableFiles;
import aether.archive.verify.Finding;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the archive at every level, again and again, beside the work and never in its way. What is found wrong is
 * looked at a second time before anybody is told: an object may be half written while a reader passes.
 *
 * <p>One thread uses it.
 */
public final class RoutineVerification implements AutoCloseable {

    /** A store that could not be read is read again. */
    static final Duration TRY_AGAIN = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(RoutineVerification.class);

    /** Verifies everything once. */
    @FunctionalInterface
    public interface Look {
        /**
         * Looks with the key that the log's writer signs with.
         *
         * @throws IOException when the archive cannot be read
         */
        VerificationReport with(VerifierKey key) throws IOException;
    }

    /**
     * What a verification came to.
     *
     * @param at when it began
     */
    public record Verdict(Instant at, VerificationReport report) {

        /** It in a sentence. */
        public String sentence() {
            return "Verified at level %d at %s up to size %d: %s"
                    .formatted(
                            report.level().number(),
                            at,
                            report.entries(),
                            report.isIntact()
                                    ? "intact."
                                    : report.verdict() + " "
                                            + report.sentences().getFirst());
        }
    }

    private final RoutineSettings settings;
    private final Look look;
    private final InstantSource time;
    private final LongSupplier nanoTime;
    private final ExecutorService thread;
    private @Nullable Future<Verdict> work; // null while there is none
    private @Nullable Long dueAt; // null before the first step
    private String trouble = "";
    private String newest = "";
    private String alarm = "";

    /**
     * A routine on a thread of its own.
     *
     * @param time the wall clock
     * @param nanoTime a clock that only goes forward
     */
    public RoutineVerification(RoutineSettings settings, Look look, InstantSource time, LongSupplier nanoTime) {
        this(
                settings,
                look,
                time,
                nanoTime,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("audit-verification").factory()));
    }

    RoutineVerification(
            RoutineSettings settings, Look look, InstantSource time, LongSupplier nanoTime, ExecutorService thread) {
        this.settings = settings;
        this.look = look;
        this.time = time;
        this.nanoTime = nanoTime;
        this.thread = thread;
    }

    /** Begins what is due, unless one is under way; gives the verdict of one that has ended, once. */
    public Optional<Verdict> step(VerifierKey key) {
        long now = nanoTime.getAsLong();
        Future<Verdict> under = work;
        if (under != null) {
            if (!under.isDone()) {
                return Optional.empty();
            }
            work = null;
            return ended(under, now);
        }
        if (dueAt == null) {
            dueAt = now + Math.max(settings.firstAfter().toNanos(), left().toNanos());
        }
        if (now - dueAt >= 0) {
            Instant at = time.instant();
            dueAt = now + settings.every().toNanos();
            work = thread.submit(() -> new Verdict(at, confirmed(key)));
        }
        return Optional.empty();
    }

    private Optional<Verdict> ended(Future<Verdict> over, long now) {
        try {
            Verdict verdict = over.get();
            trouble = "";
            newest = verdict.sentence();
            if (verdict.report().isIntact()) {
                LOG.info("{}", newest);
            } else {
                alarm = newest;
            }
            return Optional.of(verdict);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            trouble = "The archive could not be verified; that is tried again in " + TRY_AGAIN + ". "
                    + cause.getMessage();
            LOG.warn("{}", trouble, cause);
            dueAt = now + TRY_AGAIN.toNanos();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** What two looks find is wrong; what only one finds was being written. */
    private VerificationReport confirmed(VerifierKey key) throws IOException {
        VerificationReport first = look.with(key);
        if (first.isIntact()) {
            return first;
        }
        VerificationReport second = look.with(key);
        List<Finding> both =
                second.findings().stream().filter(first.findings()::contains).toList();
        return new VerificationReport(
                second.level(),
                second.independent(),
                second.entries(),
                second.root(),
                both,
                both.isEmpty() ? 0 : second.moreFindings(),
                second.remarks());
    }

    /**
     * Remembers that a verdict was given, so that the next process does not begin at once; after it was reported,
     * because a crash in between verifies once more.
     */
    public void remember(Verdict verdict) throws IOException {
        Path written = settings.memory().resolveSibling(settings.memory().getFileName() + ".new");
        DurableFiles.write(
                written,
                (verdict.at() + "\n").getBytes(StandardCharsets.UTF_8),
                PosixFilePermissions.fromString("rw-r--r--"));
        DurableFiles.replace(written, settings.memory());
    }

    /** How long after now the next is due by the memory; nothing when it has none, or one of the future. */
    private Duration left() {
        try {
            Instant last = Instant.parse(Files.readString(settings.memory()).strip());
            Duration since = Duration.between(last, time.instant());
            return since.isNegative() ? Duration.ZERO : settings.every().minus(since);
        } catch (IOException | DateTimeParseException none) {
            return Duration.ZERO;
        }
    }

    /** Why nothing more may be sealed; empty while there is no reason. */
    public String alarm() {
        return alarm;
    }

    /** How it goes, in sentences. */
    public String report() {
        return trouble.isEmpty() ? newest : (newest + " " + trouble).strip();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
