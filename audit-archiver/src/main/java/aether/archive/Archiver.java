package aether.archive;

import aether.archive.ArchiverStatus.State;
import aether.archive.intake.Intake;
import aether.archive.intake.KafkaTopicReader;
import aether.archive.intake.KafkaWantedPositions;
import aether.archive.intake.RecordSource;
import aether.archive.log.Signer;
import aether.archive.probe.WormVerdict;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.HeadStore;
import aether.archive.seal.SealRhythm;
import aether.archive.seal.Sealer;
import aether.archive.stamp.Stamper;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private Instant nextProbe = Instant.MIN;
    private @Nullable Thread thread; // null until started

    /** An archiver by the clocks of this machine. */
    public Archiver(ArchiverSettings settings) {
        this(settings, InstantSource.system(), System::nanoTime, new SecureRandom());
    }

    /**
     * An archiver with its surroundings.
     *
     * @param time the wall clock, for what is written down
     * @param nanoTime a clock that only goes forward, for intervals
     * @param random chance for the key of a new log
     */
    public Archiver(ArchiverSettings settings, InstantSource time, LongSupplier nanoTime, SecureRandom random) {
        this.settings = settings;
        this.time = time;
        this.nanoTime = nanoTime;
        this.random = random;
        this.stamper =
                settings.stamps().areWanted() ? Stamper.overHttp(settings.stamps(), time, nanoTime, random) : null;
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

    private void live() {
        try {
            while (isWanted()) {
                try {
                    openAndArchive();
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

    private void openAndArchive() throws IOException {
        try (HeadStore heads = FileHeadStore.open(settings.headFile());
                ArchivePlace.Opened place = settings.archive().open()) {
            Signer signer = FileKey.open(settings.keyFile(), settings.origin(), random);
            ArchiveStores stores = new ArchiveStores(place.worm(), place.live(), heads);
            Sealer sealer = Sealer.open(stores, signer, settings.seals(), time);
            board.show(sealer);
            probe();
            LOG.info(
                    "The archive {} holds {} entries, root {}.",
                    settings.archive().shown(),
                    sealer.size(),
                    sealer.root());
            readKafka(sealer, place.worm());
        }
    }

    private void readKafka(Sealer sealer, WormStore worm) throws IOException {
        SealRhythm rhythm = new SealRhythm(sealer, settings.seals(), nanoTime);
        try (RecordSource source =
                KafkaTopicReader.open(settings.bootstrapServers(), settings.topic(), sealer.sealedOffsets())) {
            KafkaWantedPositions wanted = new KafkaWantedPositions(settings.bootstrapServers(), settings.wantedTopic());
            Intake intake = new Intake(source, sealer, rhythm, settings.intake(), wanted, nanoTime, board);
            intake.start();
            while (isWanted()) {
                intake.step();
                board.show(sealer, Long.toString(intake.nextWanted()));
                backoff.reset();
                probe();
                stamp(sealer, worm);
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

    private void retryLater(Exception failure) {
        Duration pause = backoff.next();
        LOG.warn("Trying again in {}: {}", pause, failure.getMessage());
        board.say(State.RETRYING, failure.getMessage() + " Trying again in " + pause + ".");
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
            if (stamper != null) {
                stamper.close();
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
