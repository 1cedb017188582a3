package aether.archive.cosign;

import aether.archive.policy.WitnessPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which witnesses cosign the log's checkpoints, and how often.
 *
 * @param witnesses whom to ask; none: nobody
 * @param every how often the newest sealed checkpoint is brought to all of them, when it is newer than the one before
 */
public record CosignSettings(List<WitnessAddress> witnesses, Duration every) {

    /** A quorum of more has not been heard of, and each leaves an object per round. */
    public static final int MAX_WITNESSES = 16;

    /**
     * What no witness has seen, whoever holds the log's key could still replace; each round keeps an object per witness
     * for as long as the log.
     */
    public static final Duration EVERY = Duration.ofMinutes(10);

    /** No witness is asked. */
    public static final CosignSettings NONE = new CosignSettings(List.of(), EVERY);

    /** Refuses values that cannot work. */
    public CosignSettings {
        witnesses = List.copyOf(witnesses);
        if (witnesses.size() > MAX_WITNESSES) {
            throw new IllegalArgumentException(
                    "Expected at most " + MAX_WITNESSES + " witnesses, but got " + witnesses.size() + ".");
        }
        Set<String> ids = new HashSet<>();
        for (WitnessAddress witness : witnesses) {
            if (!ids.add(witness.key().idHex())) {
                throw new IllegalArgumentException("Expected each witness's key to have an id of its own, but "
                        + witness.key().idHex() + " is also another's.");
            }
        }
        if (!every.isPositive()) {
            throw new IllegalArgumentException("Expected a positive witness interval, but got " + every + ".");
        }
    }

    /**
     * The witnesses of a policy that says where they are.
     *
     * @throws IllegalArgumentException when it does not say it of one
     */
    public static CosignSettings of(WitnessPolicy policy, Duration every) {
        return new CosignSettings(
                policy.witnesses().stream()
                        .map(witness -> new WitnessAddress(witness.name(), witness.key(), URI.create(witness.url())))
                        .toList(),
                every);
    }

    /** Whether anybody is asked. */
    public boolean areWanted() {
        return !witnesses.isEmpty();
    }
}
