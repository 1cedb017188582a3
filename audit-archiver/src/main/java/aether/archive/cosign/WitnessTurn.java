package aether.archive.cosign;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.cosign.WitnessReply.Ahead;
import aether.archive.cosign.WitnessReply.Cosigned;
import aether.archive.cosign.WitnessReply.Refused;
import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import aether.archive.read.KeptFor;
import aether.archive.seal.ArchiveKeys;
import aether.archive.seal.ProvenLoss;
import aether.archive.store.ObjectLock;
import aether.archive.store.TamperAlarm;
import aether.archive.store.WormStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One witness: what it has signed, what it is asked now, and when it is asked again. One thread uses it. */
final class WitnessTurn {

    /** A proof is made from a dozen tiles and checked in milliseconds; after this a witness counts as silent. */
    static final Duration ANSWER_BOUND = Duration.ofSeconds(20);

    /** Most failures are over within a minute. */
    static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    /** Whoever repairs a witness has it heard again within this. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private static final int CONFLICT = 409;

    private static final Logger LOG = LoggerFactory.getLogger(WitnessTurn.class);

    private final WitnessAddress witness;
    private final Witnesses witnesses;
    private Work work = new Work.Idle();
    private long due;
    private Duration pause = FIRST_PAUSE;
    private long cosignedSize;
    private long claimed;
    private String newest;
    private String trouble = "";
    private String alarm = "";
    private final Set<RefusalCause> refused = EnumSet.noneOf(RefusalCause.class);
    private final Deque<WitnessNews> news = new ArrayDeque<>(); // at most one for each cause, and a signature after it
    private boolean hasAgreed;

    /**
     * A witness that may be asked at once.
     *
     * @param now on a clock that only goes forward, in nanoseconds
     */
    WitnessTurn(WitnessAddress witness, Witnesses witnesses, long now) {
        this.witness = witness;
        this.witnesses = witnesses;
        this.due = now;
        this.newest = witness.name() + " has cosigned nothing yet.";
    }

    private sealed interface Work {
        record Idle() implements Work {}

        record Asked(long size, Future<WitnessReply> answer, long since) implements Work {}

        /** The one object that may get this name: it is put with the same bytes until the store has it. */
        record Received(long size, Cosigned reply) implements Work {}
    }

    /** An earlier process has kept this; empty when what it kept is not what this witness signs. */
    Optional<Instant> remember(long size, byte[] object) {
        Optional<Instant> at = genuine(object);
        at.ifPresent(time -> took(size, time));
        return at;
    }

    private Optional<Instant> genuine(byte[] object) {
        try {
            return witness.key().cosigned(SignedNote.parse(new String(object, UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Does what is due and can be done without waiting for anyone but the store.
     *
     * @param target the size that is to be cosigned
     * @param logSize how many entries the log has
     * @throws TamperAlarm when what was kept is not what was written
     * @throws UncheckedIOException with a {@link ProvenLoss} when the witness proves that the log was longer
     */
    void step(WormStore worm, long target, long logSize, long now) {
        try {
            switch (work) {
                case Work.Idle idle -> {
                    if (cosignedSize < target && now - due >= 0) {
                        work = new Work.Asked(target, witnesses.ask(witness, target), now);
                    }
                }
                case Work.Asked asked -> hear(asked, worm, logSize, now);
                case Work.Received received -> keep(received, worm, now);
            }
        } catch (IOException e) { // the store's; the sealer meets it too and has the archive opened again
            fail(String.valueOf(e.getMessage()), now);
        }
    }

    private void hear(Work.Asked asked, WormStore worm, long logSize, long now) throws IOException {
        switch (asked.answer().state()) {
            case RUNNING -> {
                if (now - asked.since() >= ANSWER_BOUND.toNanos()) {
                    asked.answer().cancel(true);
                    fail("Expected an answer within " + ANSWER_BOUND + ", but there was none.", now);
                }
            }
            case SUCCESS -> judge(asked, asked.answer().resultNow(), worm, logSize, now);
            case FAILED -> fail(words(asked.answer().exceptionNow()), now);
            case CANCELLED -> fail("Expected an answer, but the question was withdrawn.", now);
        }
    }

    private void judge(Work.Asked asked, WitnessReply reply, WormStore worm, long logSize, long now)
            throws IOException {
        switch (reply) {
            case Cosigned cosigned -> {
                Work.Received received = new Work.Received(asked.size(), cosigned);
                work = received;
                keep(received, worm, now);
            }
            case Ahead ahead -> {
                if (ahead.proven() && ahead.size() > logSize) {
                    throw new UncheckedIOException(
                            ProvenLoss.of("the witness " + witness.name(), ahead.size(), logSize));
                }
                isAhead(asked.size(), ahead, logSize, now);
            }
            case Refused refused -> {
                alarm = refused.sentence();
                refused(
                        asked.size(),
                        refused.root(),
                        RefusalCause.of(refused.status()),
                        refused.status(),
                        refused.size());
                fail("", now);
            }
        }
    }

    /** Told once for each cause until it signs again. */
    private void refused(long asked, Hash root, RefusalCause cause, int status, long itsSize) {
        if (refused.add(cause)) {
            news.add(new WitnessNews.Refused(witness.key(), asked, root, cause, status, itsSize, cosignedSize));
        }
    }

    private void isAhead(long asked, Ahead ahead, long logSize, long now) {
        long size = ahead.size();
        if (size > logSize) {
            alarm = "ROLLBACK: the witness " + witness.name() + " says that it has followed the log to " + size
                    + " entries, but the log has " + logSize
                    + ": an older archive was put in its place, or the witness is mistaken.";
            refused(asked, ahead.root(), RefusalCause.SHORTER_THAN_SEEN, CONFLICT, size);
            fail("", now);
        } else {
            claimed = size;
            fail("It has seen " + size + " entries already and waits for a seal of as many.", now);
        }
    }

    private void keep(Work.Received received, WormStore worm, long now) throws IOException {
        if (now - due < 0) {
            return;
        }
        String object = Cosignatures.key(received.size(), witness.key());
        Optional<byte[]> present = worm.get(object);
        Instant at = received.reply().at();
        byte[] bytes = received.reply().note().format().getBytes(UTF_8);
        if (present.isPresent()) { // by us, whom the store did not answer, or by another archiver of this log
            at = genuine(present.get())
                    .orElseThrow(() -> new TamperAlarm("Expected " + object + " to be cosigned by "
                            + witness.key().vkey() + ", but it is not."));
        } else {
            keep(object, bytes, received.size(), worm);
        }
        took(received.size(), at);
        if (!hasAgreed || !refused.isEmpty()) {
            Hash root = Checkpoint.parse(received.reply().note().text()).root();
            news.add(new WitnessNews.Agreed(witness.key(), received.size(), root, at));
        }
        hasAgreed = true;
        refused.clear();
        trouble = "";
        alarm = "";
        work = new Work.Idle();
        due = now;
        pause = FIRST_PAUSE;
        LOG.info("{}", newest);
    }

    private void keep(String object, byte[] bytes, long size, WormStore worm) throws IOException {
        String checkpoint = ArchiveKeys.checkpoint(size);
        Instant until = worm.lock(checkpoint)
                .orElseThrow(() -> new IOException("Expected " + checkpoint + " to be locked, but it is not."))
                .until();
        // The key comes first: where a signature is, there is what it is checked with, and for as long.
        String key = Cosignatures.witness(witness.key());
        worm.put(key, Cosignatures.text(witness.key()).getBytes(UTF_8), until.plus(KeptFor.MARGIN));
        if (worm.lock(key).map(ObjectLock::until).orElse(Instant.MIN).isBefore(until)) {
            worm.extendLock(key, until.plus(KeptFor.MARGIN));
        }
        // If we die here, the next process asks for the same signature, or for that of a later size.
        worm.put(object, bytes, until);
        // If we die here, the next process finds it.
    }

    private void took(long size, Instant at) {
        if (size >= cosignedSize) {
            cosignedSize = size;
            newest = witness.name() + " has cosigned size " + size + " at " + at + ".";
        }
    }

    private static String words(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name + "." : failure.getMessage();
    }

    private void fail(String sentence, long now) {
        if (!(work instanceof Work.Received)) {
            work = new Work.Idle();
        }
        due = now + pause.toNanos();
        trouble = (sentence + " Asking again in " + pause + ".").strip();
        LOG.warn("No cosignature of {}: {}", witness.name(), alarm.isEmpty() ? trouble : alarm + " " + trouble);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    /** The size that the witness says to have seen, which must be sealed before it signs again; 0 for none. */
    long claimed() {
        return claimed;
    }

    /** Hands over what belongs into the event log; what the desk does not take is handed over again. */
    void tell(WitnessNews.Desk desk) throws IOException {
        while (!news.isEmpty()) {
            desk.keep(news.peek());
            news.remove();
        }
    }

    /** What it refuses; empty while it refuses nothing. */
    String alarm() {
        return alarm;
    }

    /** How it stands with it, in sentences for a person. */
    String report() {
        return (newest + " " + alarm + " " + trouble).replaceAll(" {2,}", " ").strip();
    }
}
