package aether.command.strict;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which actions answer with a proof only.
 *
 * @param classes the classes of actions; none by default
 * @param timeLimit how long an answer waits for its proof
 * @param archivers where the archivers answer; each is asked until one has the proof
 */
public record StrictSettings(
        @DefaultValue List<ActionClass> classes,
        @DefaultValue("PT10S") Duration timeLimit,
        @DefaultValue List<URI> archivers) {

    /** Clients give up after half a minute. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    /** Nothing waits. */
    public static final StrictSettings NONE = new StrictSettings(List.of(), Duration.ofSeconds(10), List.of());

    public StrictSettings {
        classes = List.copyOf(classes);
        archivers = List.copyOf(archivers);
        if (!timeLimit.isPositive() || timeLimit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Expected aether.command.strict.time-limit above 0 and up to " + LONGEST
                    + ", but got " + timeLimit + ".");
        }
    }
}
