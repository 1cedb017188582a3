package aether.archive.cosign;

import aether.archive.store.WormStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the newest sealed checkpoint cosigned by every witness, in rounds, so that their signatures come together under
 * one. A witness that is away is asked again, for the checkpoint of the round that is then. It never waits for a
 * witness: each step looks whether an answer has come. Whatever a witness does, the log goes on.
 *
 * <p>One thread uses it.
 */
public final class Cosigners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cosigners.class);

    private final CosignSettings settings;
    private final Witnesses witnesses;
    private final InstantSource time;
    private final LongSupplier nanoTime;
    private final List<WitnessTurn> turns;
    private long target;
    private long roundDue;
    private long lookAt;
    private boolean remembers;

    Cosigners(CosignSettings settings, Witnesses witnesses, InstantSource time, LongSupplier nanoTime) {
        this.settings = settings;
        this.witnesses = witnesses;
        this.time = time;
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        this.turns = settings.witnesses().stream()
                .map(witness -> new WitnessTurn(witness, witnesses, now))
                .toList();
        this.roundDue = now;
        this.lookAt = now;
    }

    /**
     * Witnesses that are asked over HTTP.
     *
     * @param settings with at least one witness
     * @param archive where the proofs are made from
     * @param time the wall clock, to be compared with the witnesses'
     * @param nanoTime a clock that only goes forward, for intervals
     */
    public static Cosigners overHttp(
            CosignSettings settings, ArchiveAccess archive, InstantSource time, LongSupplier nanoTime) {
        return new Cosigners(settings, new HttpWitnesses(archive), time, nanoTime);
    }

    /**
     * Does what is due and can be done without waiting for anyone but the store.
     *
     * @param sealedSize the size of the newest seal
     * @param logSize how many entries the log has
     * @throws aether.archive.store.TamperAlarm when what was kept is not what was written
     * @throws java.io.UncheckedIOException with a {@link aether.archive.seal.ProvenLoss} when a witness proves that the
     *     log was longer
     */
    public void step(WormStore worm, long sealedSize, long logSize) {
        long now = nanoTime.getAsLong();
        if (!remembers && !remember(worm, now)) {
            return;
        }
        long claimed = turns.stream().mapToLong(WitnessTurn::claimed).max().orElse(0);
        boolean waitedFor = claimed > target && claimed <= sealedSize;
        if (sealedSize > target && (now - roundDue >= 0 || waitedFor)) {
            target = sealedSize;
            roundDue = now + settings.every().toNanos();
        }
        turns.forEach(turn -> turn.step(worm, target, logSize, now));
    }

    /** What an earlier process has kept is the round that goes on: who lacks in it is asked for it. */
    private boolean remember(WormStore worm, long now) {
        if (now - lookAt < 0) {
            return false;
        }
        try {
            Instant last = Instant.MIN;
            List<String> kept = worm.list(Cosignatures.PREFIX);
            for (int i = 0; i < turns.size(); i++) {
                String id = settings.witnesses().get(i).key().idHex();
                Optional<Cosignatures.Name> name = kept.reversed().stream()
                        .flatMap(object -> Cosignatures.name(object).stream())
                        .filter(each -> each.id().equals(id))
                        .findFirst();
                if (name.isPresent()) {
                    Instant at = remember(worm, turns.get(i), i, name.get());
                    last = at.isAfter(last) ? at : last;
                }
            }
            if (last.isAfter(Instant.MIN)) {
                roundDue = now + left(last).toNanos();
            }
            remembers = true;
        } catch (IOException e) { // the store's; the sealer meets it too and has the archive opened again
            LOG.warn("Cannot look for what witnesses have cosigned: {}", e.getMessage());
            lookAt = now + WitnessTurn.FIRST_PAUSE.toNanos();
        }
        return remembers;
    }

    private Instant remember(WormStore worm, WitnessTurn turn, int number, Cosignatures.Name name) throws IOException {
        String object =
                Cosignatures.key(name.size(), settings.witnesses().get(number).key());
        Optional<Instant> at = worm.get(object).flatMap(bytes -> turn.remember(name.size(), bytes));
        target = at.isPresent() ? Math.max(target, name.size()) : target;
        return at.orElse(Instant.MIN); // verification says what is wrong with it
    }

    /** By two clocks that may disagree: a signature from the future must not silence us until then. */
    private Duration left(Instant last) {
        Duration left = settings.every().minus(Duration.between(last, time.instant()));
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(settings.every()) > 0 ? settings.every() : left;
    }

    /**
     * Hands over what of their answers belongs into the event log.
     *
     * @throws IOException of the desk; what it did not keep is handed over again
     */
    public void tell(WitnessNews.Desk desk) throws IOException {
        for (WitnessTurn turn : turns) {
            turn.tell(desk);
        }
    }

    /** What witnesses refuse, a sentence each; a person has to look, while the log goes on. */
    public List<String> alarms() {
        return turns.stream()
                .map(WitnessTurn::alarm)
                .filter(alarm -> !alarm.isEmpty())
                .toList();
    }

    /** How it stands with each, in sentences for a person. */
    public String report() {
        return turns.stream().map(WitnessTurn::report).collect(Collectors.joining(" "));
    }

    /** Withdraws what was asked. */
    @Override
    public void close() {
        witnesses.close();
    }
}
