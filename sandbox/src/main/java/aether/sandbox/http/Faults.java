package aether.sandbox.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Switches that make one door misbehave on demand: before the effect ({@link #failNext}), after it
 * ({@link #loseAnswer}), always slowly, or not at all for a while. Kept in memory only; a restart heals. The verb
 * {@code *} means any.
 */
public final class Faults {
    /** Any verb. */
    public static final String ANY = "*";

    private record Refusal(int status, String reason, String message) {}

    private final InstantSource clock;
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Integer> losses = new HashMap<>();
    private final Map<String, Refusal> refusals = new HashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private Duration latency = Duration.ZERO;
    private Instant unavailableUntil = Instant.MIN;

    public Faults(InstantSource clock) {
        this.clock = clock;
    }

    /** The next requests with this verb are refused with status 500 and do nothing. */
    public synchronized void failNext(String verb, int times) {
        failures.put(verb, times);
    }

    /** The next requests with this verb do their work, and the connection breaks before the answer. */
    public synchronized void loseAnswer(String verb, int times) {
        losses.put(verb, times);
    }

    /** Every request with this verb is refused like this and does nothing. */
    public synchronized void refuse(String verb, int status, String reason, String message) {
        refusals.put(verb, new Refusal(status, reason, message));
    }

    /** Every request takes at least this long. */
    public synchronized void latency(Duration time) {
        latency = time;
    }

    /** Every request is answered with 503 for so long. */
    public synchronized void unavailableFor(Duration time) {
        unavailableUntil = clock.instant().plus(time);
    }

    /** Everything works again. */
    public synchronized void heal() {
        failures.clear();
        losses.clear();
        refusals.clear();
        latency = Duration.ZERO;
        unavailableUntil = Instant.MIN;
    }

    /** How many requests have come, and how many of them would write. */
    public Map<String, Long> counts() {
        return Map.of("requests", requests.get(), "writes", writes.get());
    }

    private synchronized Duration currentLatency() {
        return latency;
    }

    private synchronized boolean isUnavailable() {
        return clock.instant().isBefore(unavailableUntil);
    }

    private static boolean take(Map<String, Integer> switches, String verb) {
        for (String name : new String[] {verb, ANY}) {
            int left = switches.getOrDefault(name, 0);
            if (left > 0) {
                switches.put(name, left - 1);
                return true;
            }
        }
        return false;
    }

    private synchronized boolean takeFailure(String verb) {
        return take(failures, verb);
    }

    private synchronized Optional<Refusal> refusal(String verb) {
        return Optional.ofNullable(refusals.get(verb)).or(() -> Optional.ofNullable(refusals.get(ANY)));
    }

    private synchronized boolean takeLoss(String verb) {
        return take(losses, verb);
    }

    /** Runs one request through the switches. */
    public Answer around(String verb, boolean write, Refusing refusing, Supplier<Answer> work) {
        requests.incrementAndGet();
        if (write) {
            writes.incrementAndGet();
        }
        pause();
        if (isUnavailable()) {
            return refusing.answer(503, "ServiceUnavailable", "the sandbox was told to be unavailable for a while");
        }
        if (takeFailure(verb)) {
            return refusing.answer(500, "InternalError", "the sandbox was told to fail this request");
        }
        Optional<Refusal> refusal = refusal(verb);
        if (refusal.isPresent()) {
            Refusal told = refusal.get();
            return refusing.answer(told.status(), told.reason(), told.message());
        }
        Answer answer = work.get();
        return takeLoss(verb) ? new Answer.Lost() : answer;
    }

    private void pause() {
        Optional.of(currentLatency()).filter(Duration::isPositive).ifPresent(time -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** How this door words a refusal. */
    public interface Refusing {
        /** The refusal as an answer. */
        Answer answer(int status, String reason, String message);
    }
}
