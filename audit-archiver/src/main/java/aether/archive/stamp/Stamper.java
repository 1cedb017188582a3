package aether.archive.stamp;

import aether.archive.seal.ArchiveKeys;
import aether.archive.stamp.TimestampVerdict.Genuine;
import aether.archive.stamp.TimestampVerdict.Refused;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the newest sealed checkpoint stamped, and keeps the timestamp beside it, locked as long as it is. It never waits
 * for an authority: each step looks whether an answer has come. Whatever an authority does, the next step is the
 * caller's to take.
 *
 * <p>One thread uses it.
 */
public final class Stamper implements AutoCloseable {

    /** An authority under load answers within seconds; after this it counts as silent. */
    static final Duration ANSWER_BOUND = Duration.ofSeconds(20);

    /** Clocks that are further apart than this are worth a word: the authority's is the one that others believe. */
    static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Stamper.class);

    private final StampSettings settings;
    private final TimestampAuthorities authorities;
    private final InstantSource time;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private StampPlan plan;
    private Work work = new Work.Idle();
    private boolean remembers;
    private long stampedSize;
    private String newest = "No timestamp yet.";
    private String trouble = "";

    Stamper(
            StampSettings settings,
            TimestampAuthorities authorities,
            InstantSource time,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.settings = settings;
        this.authorities = authorities;
        this.time = time;
        this.nanoTime = nanoTime;
        this.random = random;
        this.plan = StampPlan.atOnce(nanoTime.getAsLong());
    }

    /**
     * A stamper that asks over HTTP.
     *
     * @param settings with at least one authority
     * @param time the wall clock, to be compared with the authority's
     * @param nanoTime a clock that only goes forward, for intervals
     * @param random chance for nonces
     */
    public static Stamper overHttp(
            StampSettings settings, InstantSource time, LongSupplier nanoTime, RandomGenerator random) {
        return new Stamper(settings, new HttpAuthorities(), time, nanoTime, random);
    }

    private sealed interface Work {
        record Idle() implements Work {}

        record Asked(long size, TimestampQuestion question, URI authority, Future<byte[]> answer, long since)
                implements Work {}

        /** The one object that may get this name: it is put with the same bytes until the store has it. */
        final class Received implements Work {
            private final long size;
            private final byte[] object;
            private final Genuine token;

            Received(long size, byte[] object, Genuine token) {
                this.size = size;
                this.object = object;
                this.token = token;
            }
        }
    }

    /**
     * Does what is due and can be done without waiting for anyone but the store.
     *
     * @param sealedSize the size of the newest seal
     * @throws aether.archive.store.TamperAlarm when a timestamp is not what was written
     */
    public void step(WormStore worm, long sealedSize) {
        long now = nanoTime.getAsLong();
        try {
            switch (work) {
                case Work.Idle idle -> ask(worm, sealedSize, now);
                case Work.Asked asked -> hear(asked, worm, now);
                case Work.Received received -> keep(received, worm, now);
            }
        } catch (IOException e) { // the store's; the sealer meets it too and has the archive opened again
            fail(String.valueOf(e.getMessage()), now);
        }
    }

    private void ask(WormStore worm, long sealedSize, long now) throws IOException {
        if (!plan.isDue(now)) {
            return;
        }
        if (!remembers) {
            remember(worm, now);
        }
        if (!plan.isDue(now) || sealedSize <= stampedSize) {
            return;
        }
        URI authority = settings.authorities().get(plan.authority());
        TimestampQuestion question = TimestampQuestion.about(checkpoint(worm, sealedSize), random);
        work = new Work.Asked(sealedSize, question, authority, authorities.ask(authority, question.encode()), now);
    }

    /** What an earlier process has stamped is not stamped again: an object has its bytes for ever. */
    private void remember(WormStore worm, long now) throws IOException {
        List<String> kept = worm.list(Timestamps.PREFIX).stream()
                .filter(key -> Timestamps.size(key).isPresent())
                .toList();
        if (!kept.isEmpty()) {
            String key = kept.getLast();
            stampedSize = Timestamps.size(key).orElseThrow();
            worm.get(key).flatMap(TokenCheck::timeOf).ifPresent(stamped -> {
                plan = StampPlan.resumed(now, Duration.between(stamped, time.instant()), settings.every());
                newest = "The newest timestamp is of size " + stampedSize + " at " + stamped + ".";
            });
        }
        remembers = true;
    }

    private void hear(Work.Asked asked, WormStore worm, long now) throws IOException {
        switch (asked.answer().state()) {
            case RUNNING -> {
                if (now - asked.since() >= ANSWER_BOUND.toNanos()) {
                    asked.answer().cancel(true);
                    fail(asked, "Expected an answer within " + ANSWER_BOUND + ", but there was none.", now);
                }
            }
            case SUCCESS -> judge(asked, asked.answer().resultNow(), worm, now);
            case FAILED -> fail(asked, words(asked.answer().exceptionNow()), now);
            case CANCELLED -> fail(asked, "Expected an answer, but the question was withdrawn.", now);
        }
    }

    private void judge(Work.Asked asked, byte[] answer, WormStore worm, long now) throws IOException {
        TimestampVerdict verdict = TokenCheck.ofAnswer(answer, asked.question(), settings.trusted());
        byte[] object = answer;
        if (verdict instanceof Genuine) {
            object = TokenCheck.form(answer).orElse(answer);
            // Once more in the form in which it is kept, by the very check that a stranger makes.
            verdict = TokenCheck.ofStored(object, checkpoint(worm, asked.size()), settings.trusted());
        }
        switch (verdict) {
            case Genuine genuine -> {
                Work.Received received = new Work.Received(asked.size(), object, genuine);
                work = received;
                keep(received, worm, now);
            }
            case Refused refused -> fail(asked, refused.sentence(), now);
        }
    }

    private void keep(Work.Received received, WormStore worm, long now) throws IOException {
        if (!plan.isDue(now)) {
            return;
        }
        String checkpoint = ArchiveKeys.checkpoint(received.size);
        Instant until = worm.lock(checkpoint)
                .orElseThrow(() -> new IOException("Expected " + checkpoint + " to be locked, but it is not."))
                .until();
        // If we die here, the checkpoint has no timestamp, and the next process asks for one.
        worm.put(Timestamps.key(received.size), received.object, until);
        // If we die here, the next process finds it.
        stampedSize = received.size;
        newest = "The newest timestamp is of size " + stampedSize + " at "
                + received.token.time() + " by " + received.token.authority() + "."
                + apart(received.token.time());
        trouble = "";
        work = new Work.Idle();
        plan = plan.stamped(now, settings.every());
        LOG.info("{}", newest);
    }

    private String apart(Instant stamped) {
        Duration apart = Duration.between(stamped, time.instant()).abs();
        return apart.compareTo(CLOCKS_APART) > 0 ? " Its clock and ours are " + apart + " apart." : "";
    }

    private static byte[] checkpoint(WormStore worm, long size) throws IOException {
        String key = ArchiveKeys.checkpoint(size);
        return worm.get(key).orElseThrow(() -> new IOException("Expected " + key + ", but it is missing."));
    }

    private static String words(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name + "." : name + ": " + failure.getMessage();
    }

    private void fail(Work.Asked asked, String sentence, long now) {
        fail(asked.authority() + ": " + sentence, now);
    }

    private void fail(String sentence, long now) {
        if (!(work instanceof Work.Received)) {
            work = new Work.Idle();
        }
        plan = plan.failed(now, settings.authorities().size());
        trouble = sentence + " Asking again in " + Duration.ofNanos(plan.due() - now) + ".";
        LOG.warn("No timestamp: {}", trouble);
    }

    /** How it stands with timestamps, in sentences for a person. */
    public String report() {
        return trouble.isEmpty() ? newest : newest + " " + trouble;
    }

    /** Withdraws what was asked. */
    @Override
    public void close() {
        authorities.close();
    }
}
