package aether.projection.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which page is asked for.
 *
 * @param cursor the last thing of the page before; absent for the first page
 * @param limit how many things it may hold
 */
public record PageRequest(@Nullable UUID cursor, int limit) {

    /** What the API publishes. */
    static final int DEFAULT_LIMIT = 50;

    /** What the API publishes. */
    static final int MAX_LIMIT = 100;
}
