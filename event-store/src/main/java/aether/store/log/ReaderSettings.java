package aether.store.log;

import aether.store.schema.DatabaseSettings;
import java.time.Duration;

/**
 * How a {@link LogReader} connects and what bounds it.
 *
 * @param database the database, as a role that may read the log
 * @param connections how many reads may run at a time
 * @param connectionWait how long a read waits for a connection, outages included, before it is refused
 */
public record ReaderSettings(DatabaseSettings database, int connections, Duration connectionWait) {

    /** Enough for the aggregate loads that two to four cores can fold. */
    public static final int DEFAULT_CONNECTIONS = 8;

    /** Longer than a restart of PostgreSQL, shorter than an HTTP client's patience. */
    public static final Duration DEFAULT_CONNECTION_WAIT = Duration.ofSeconds(10);

    public ReaderSettings {
        if (connections < 1) {
            throw new IllegalArgumentException("Expected at least one connection, but got " + connections);
        }
        if (connectionWait.isNegative() || connectionWait.isZero()) {
            throw new IllegalArgumentException("Expected a positive wait, but got " + connectionWait);
        }
    }

    /** The defaults. */
    public static ReaderSettings of(DatabaseSettings database) {
        return new ReaderSettings(database, DEFAULT_CONNECTIONS, DEFAULT_CONNECTION_WAIT);
    }
}
