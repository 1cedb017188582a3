package aether.command;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Time, ids and chance, as they come into this service.
 *
 * @param clock the time of day
 * @param nanoTime a clock that only runs forward
 * @param ids new ids
 * @param random spreads retries; nothing secret depends on it
 * @param secrets so many random bytes, fit for keys
 */
public record Surroundings(
        Clock clock, LongSupplier nanoTime, Supplier<UUID> ids, RandomGenerator random, IntFunction<byte[]> secrets) {

    /** The real ones. */
    public static Surroundings real() {
        SecureRandom random = new SecureRandom();
        return new Surroundings(Clock.systemUTC(), System::nanoTime, UUID::randomUUID, random, count -> {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        });
    }
}
