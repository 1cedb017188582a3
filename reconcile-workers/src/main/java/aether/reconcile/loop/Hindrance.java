package aether.reconcile.loop;

import aether.domain.cluster.Fault;
import java.time.Duration;

/**
 * What keeps work from going on.
 *
 * @param whose whose it is to put it right
 * @param reason one word for it, as conditions have it
 * @param message what was seen, for a person, without a period at its end
 * @param patience how long it may last before anybody is told
 */
public record Hindrance(Fault whose, String reason, String message, Duration patience) {

    /** What is tried again and over by then is nobody's business: a retry comes after 15 s at the latest. */
    public static final Duration SOON = Duration.ofSeconds(20);

    /** Disks are provisioned, nodes are added and images are large; a minute of that is usual. */
    public static final Duration LATER = Duration.ofMinutes(2);

    /** What others say may be long and is kept for years. */
    public static final int MESSAGE_MAX = 300;

    public Hindrance {
        message = message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX);
    }

    /** One that is tried again all the time. */
    public Hindrance(Fault whose, String reason, String message) {
        this(whose, reason, message, SOON);
    }

    /** Whether this is the same, whatever the sentence is. */
    public boolean isSameAs(Hindrance other) {
        return whose == other.whose && reason.equals(other.reason);
    }
}
