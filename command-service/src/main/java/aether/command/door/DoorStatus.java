package aether.command.door;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How publishing goes.
 *
 * @param publishing whether this process holds the door; another one may
 * @param published the last position that Kafka has acknowledged, -1 for none
 * @param head the newest position of the log when the door last looked, -1 for none
 * @param error what last went wrong, a sentence; absent when the last round went well
 */
public record DoorStatus(
        boolean publishing,
        long published,
        long head,
        @Nullable String error) {

    static final DoorStatus CLOSED = new DoorStatus(false, -1, -1, null);

    /** How many events wait behind the door. */
    public long lag() {
        return Math.max(0, head - published);
    }

    /** What last went wrong. */
    public Optional<String> lastError() {
        return Optional.ofNullable(error);
    }
}
