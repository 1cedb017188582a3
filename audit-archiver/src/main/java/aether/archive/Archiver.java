package aether.archive;

import aether.archive.ArchiverStatus.State;
import aether.archive.cosign.ArchiveAccess;
import aether.archive.cosign.Cosigners;
import aether.archive.cosign.SeenByWitnesses;
import aether.archive.intake.Intake;
import aether.archive.intake.KafkaTopicReader;
import aether.archive.intake.KafkaWantedPositions;
import aether.archive.intake.RecordSource;
import aether.archive.intake.TopicContinuation;
import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.log.TlogProof;
import aether.archive.log.VerifierKey;
import aether.archive.probe.WormVerdict;
import aether.archive.report.CommandService;
import aether.archive.report.Reporter;
import aether.archive.routine.RoutineVerification;
import aether.archive.seal.HeadStore;
import aether.archive.seal.Heads;
import aether.archive.seal.HeldByAnother;
import aether.archive.seal.ProvenLoss;
import aether.archive.seal.SealRhythm;
import aether.archive.seal.Sealer;
import aether.archive.seal.SeenCheckpoint;
import aether.archive.seal.SeenElsewhere;
import aether.archive.stamp.Stamper;
import aether.archive.store.TamperAlarm;
import aether.archive.store.WormStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationLevel;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit archiver: reads events from Kafka and seals them into the archive, for as long as it is not closed. When
 * Kafka or the disk fails it opens both again, through the same code as at the start; when the archive or the events
 * are not what they were it stands still and says so.
 */
public final class Archiver implements AutoCloseable {

    /** A step in progress ends within a poll and a few writes; a broker that hangs is not waited for. */
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(15);

    /** A store may be configured anew behind our back. */
    private static final Duration PROBE_EVERY = Duration.ofDays(1);

    /** Several looks per lease, so that a take-over begins soon after it has ended. */
    private static final Duration STANDBY_LOOKS = Duration.ofSeconds(1);

    private static final Duration PROBE_AGAIN = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);

    private final ArchiverSettings settings;
    private final InstantSource time;
    private final LongSupplier nanoTime;
    private final SecureRandom random;
    private final StatusBoard board = new StatusBoard();
    private final Backoff backoff = new Backoff();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final @Nullable Stamper stamper; // null when no time-stamping authority is configured
    private final @Nullable Cosigners cosigners; // null when no witness is configured
    private final @Nullable Reporter reporter; // null when there is no way into the event log
    private final RoutineVerification routine;
    private final Heads heads;
    private final ProofDesk desk;
    private String lastAlarm = "";
    private Instant nextProbe = Instant.MIN;
    private @Nullable Thread thread; // null until started

    /** An archiver by the clocks of this machine that enters nothing into the event log. */
    public Archiver(ArchiverSettings settings) {
        this(settings, null);
    }

    /**
     * An archiver by the clocks of this machine.
     *
     * @param commands the way into the event log; without one nothing is entered
     */
    public Archiver(ArchiverSettings settings, @Nullable CommandService commands) {
        this(settings, commands, InstantSource.system(), System::nanoTime, new SecureRandom());
    }

    /**
     * An archiver with its surroundings.
     *
     * @param commands the way into the event log; without one nothing is entered
     * @param time the wall clock, for what is written down
     * @param nanoTime a clock that only goes forward, for intervals
     * @param random chance for the key of a new log
     */
    public Archiver(
            ArchiverSettings settings,
            @Nullable CommandService commands,
            InstantSource time,
            LongSupplier nanoTime,
            SecureRandom random) {
        this.settings = settings;
        this.time = time;
        this.nanoTime = nanoTime;
        this.random = random;
        this.desk = new ProofDesk(board, settings.archive());
        this.heads = OpenedLog.heads(settings, nanoTime);
        this.reporter =
                commands == null ? null : new Reporter(settings.origin(), settings.reports(), commands, time, nanoTime);
        this.routine = new RoutineVerification(settings.routine(), this::verify, time, nanoTime);
        this.stamper =
                settings.stamps().areWanted() ? Stamper.overHttp(settings.stamps(), time, nanoTime, random) : null;
        this.cosigners = settings.cosigners().areWanted()
                ? Cosigners.overHttp(settings.cosigners(), this::read, time, nanoTime)
                : null;
    }

    private ArchiveAccess.Opened read() {
        ArchivePlace.Reading reading = settings.archive().read();
        return new ArchiveAccess.Opened(reading.archive(), reading::close);
    }

    /** Begins to archive, on a thread of its own; neither Kafka nor the topic need be there yet. */
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("Expected an archiver that was not started, but it was.");
        }
        thread = Thread.ofPlatform().name("audit-archiver").start(this::live);
    }

    /** How it is doing. */
    public ArchiverStatus status() {
        return board.read();
    }

    /**
     * The proof that the entry at this position is sealed (C2SP tlog-proof, without the entry); asking makes the sealer
     * hurry. Any thread may ask.
     *
     * @param limit how long to wait
     * @return empty when it is not sealed in time, or another archiver seals
     * @throws IOException when the archive cannot be read
     */
    public Optional<TlogProof> awaitProof(long position, Duration limit) throws IOException, InterruptedException {
        return desk.await(position, limit);
    }

    private void live() {
        try {
            while (isWanted()) {
                try {
                    openAndArchive();
                } catch (HeldByAnother e) {
                    standBy(e);
                } catch (TamperAlarm e) {
                    lookAgain(e);
                } catch (IOException | UncheckedIOException e) {
                    retryLater(e);
                }
            }
            board.say(State.STOPPED, "Closed.");
        } catch (RuntimeException e) { // the edge: whatever it is, the archive must not go on over it
            LOG.error("The archive stands still: {}", e.getMessage(), e);
            board.say(State.ALARM, String.valueOf(e.getMessage()));
        }
    }

    private void standBy(HeldByAnother other) {
        board.say(State.STANDBY, String.valueOf(other.getMessage()));
        pause(STANDBY_LOOKS);
    }

    /**
     * With several archivers an object may be another's half-done work: one that was taken for dead while it wrote. The
     * opening takes that up. What is met a second time is something else.
     */
    private void lookAgain(TamperAlarm alarm) {
        String sentence = String.valueOf(alarm.getMessage());
        if (settings.headDatabase() == null || sentence.equals(lastAlarm)) {
            throw alarm;
        }
        LOG.warn("Opening the log again, perhaps over another archiver's half-done work: {}", sentence);
        lastAlarm = sentence;
    }

    private void openAndArchive() throws IOException {
        try (HeadStore held = heads.open();
                ArchivePlace.Opened place = settings.archive().open()) {
            Sealer sealer = OpenedLog.open(settings, place, held, seenElsewhere(place.worm()), time, random);
            board.show(sealer);
            probe();
            LOG.info(
                    "The archive {} holds {} entries, root {}.",
                    settings.archive().shown(),
                    sealer.size(),
                    sealer.root());
            readKafka(sealer, place.worm(), held);
        }
    }

    /** Asked before anything is signed; a log that has no key yet was seen by nobody. */
    private SeenElsewhere seenElsewhere(WormStore worm) throws IOException {
        List<SeenCheckpoint> seen =
                !settings.cosigners().areWanted() || worm.list(KeyChain.PREFIX).isEmpty()
                        ? List.of()
                        : SeenByWitnesses.ask(settings.cosigners(), ArchivedKeys.require(worm));
        return new SeenElsewhere(
                seen,
                new TopicContinuation(
                        from -> KafkaTopicReader.open(settings.bootstrapServers(), settings.topic(), from),
                        new KafkaWantedPositions(settings.bootstrapServers(), settings.wantedTopic())));
    }

    private void readKafka(Sealer sealer, WormStore worm, HeadStore held) throws IOException {
        SealRhythm rhythm = new SealRhythm(sealer, settings.seals(), nanoTime);
        try (RecordSource source =
                KafkaTopicReader.open(settings.bootstrapServers(), settings.topic(), sealer.sealedOffsets())) {
            KafkaWantedPositions wanted = new KafkaWantedPositions(settings.bootstrapServers(), settings.wantedTopic());
            Intake intake = new Intake(source, sealer, rhythm, settings.intake(), wanted, nanoTime, board);
            intake.start();
            while (isWanted()) {
                held.keep();
                rhythm.wish(desk.wished());
                intake.step();
                board.show(sealer, Long.toString(intake.nextWanted()));
                backoff.reset();
                probe();
                stamp(sealer, worm);
                cosign(sealer, worm);
                verifyRoutinely(sealer.keys().present().key());
                report(sealer);
            }
            intake.finish();
            board.show(sealer);
        }
    }

    /** At the start and daily; a store that cannot be asked is asked again with the next step after the pause. */
    private void probe() {
        Instant now = time.instant();
        if (now.isBefore(nextProbe)) {
            return;
        }
        try {
            WormVerdict verdict = settings.archive().probe(now);
            if (reporter != null) {
                reporter.judge(verdict); // kept before anybody believes it
            }
            nextProbe = now.plus(PROBE_EVERY);
            board.judge(verdict);
            if (verdict.isCompliant()) {
                LOG.info("{}", verdict.sentence());
            } else {
                LOG.warn("{}", verdict.sentence());
            }
        } catch (IOException e) {
            nextProbe = now.plus(PROBE_AGAIN);
            LOG.warn("No verdict on the store: {}", e.getMessage());
        }
    }

    /** Beside the work, never in its way: a step waits for no authority. */
    private void stamp(Sealer sealer, WormStore worm) {
        if (stamper != null) {
            stamper.step(worm, sealer.sealedSize());
            board.stamp(stamper.report());
        }
    }

    /** Beside the work too: a witness that is away, or refuses, stops nobody, but what it refuses is told. */
    private void cosign(Sealer sealer, WormStore worm) throws IOException {
        if (cosigners != null) {
            cosigners.step(worm, sealer.sealedSize(), sealer.size());
            cosigners.tell(news -> {
                if (reporter != null) {
                    reporter.heard(news);
                }
            });
            board.cosigned(cosigners.report(), cosigners.alarms());
        }
    }

    /**
     * Beside the work as well, but for one thing: whoever finds that the event log is not what was sealed must not seal
     * on.
     */
    private void report(Sealer sealer) {
        if (reporter == null) {
            return;
        }
        reporter.step(sealer.size(), sealer.sealedSize(), sealer.sealedRoot());
        board.report(reporter.report());
        if (!reporter.alarm().isEmpty()) {
            throw new TamperAlarm(reporter.alarm());
        }
    }

    /** The verdict is kept before the archive stands still over it, as everything that is reported. */
    private void verifyRoutinely(VerifierKey key) throws IOException {
        Optional<RoutineVerification.Verdict> verdict = routine.step(key);
        if (verdict.isPresent()) {
            if (reporter != null) {
                reporter.verified(verdict.get().at(), verdict.get().report());
            }
            routine.remember(verdict.get());
        }
        board.verified(routine.report());
        if (!routine.alarm().isEmpty()) {
            throw new TamperAlarm(routine.alarm());
        }
    }

    /** By a single thread: whoever archives needs the other cores. */
    private VerificationReport verify(VerifierKey key) throws IOException {
        VerificationRequest everything = new VerificationRequest(
                VerificationLevel.DOMAIN, key, List.of(), 1, VerificationRequest.Progress.SILENT);
        try (ArchivePlace.Reading reading = settings.archive().read()) {
            return ArchiveVerifier.verify(reading.archive(), everything);
        }
    }

    private void retryLater(Exception failure) {
        Duration pause = backoff.next();
        LOG.warn("Trying again in {}: {}", pause, failure.getMessage());
        boolean behind = failure instanceof ProvenLoss || failure.getCause() instanceof ProvenLoss;
        board.say(behind ? State.ALARM : State.RETRYING, failure.getMessage() + " Trying again in " + pause + ".");
        pause(pause);
    }

    private void pause(Duration pause) {
        try {
            boolean stop = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("Trying again: {}", !stop);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown(); // whoever interrupts this thread wants it to end
        }
    }

    private boolean isWanted() {
        return stopping.getCount() > 0;
    }

    /** Seals what has been archived and ends. */
    @Override
    public synchronized void close() {
        stopping.countDown();
        try {
            awaitEnd();
        } finally {
            routine.close();
            if (stamper != null) {
                stamper.close();
            }
            if (cosigners != null) {
                cosigners.close();
            }
            if (reporter != null) {
                reporter.close();
            }
        }
    }

    private void awaitEnd() {
        if (thread == null) {
            return;
        }
        try {
            if (!thread.join(CLOSE_BOUND)) {
                LOG.warn("The archiver did not end within {}; the next start finishes what it was doing.", CLOSE_BOUND);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
