package aether.sandbox.kubernetes;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The time and the chance that reach the stores. */
public record World(InstantSource clock, RandomGenerator chance) {
    private static final String NAME_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;

    /** Now, in whole seconds as Kubernetes writes it. */
    public String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    String uid() {
        byte[] bytes = new byte[16];
        chance.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    String suffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(NAME_LETTERS.charAt(chance.nextInt(NAME_LETTERS.length())));
        }
        return suffix.toString();
    }
}
