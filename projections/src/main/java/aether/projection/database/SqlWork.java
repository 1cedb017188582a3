package aether.projection.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Work inside one transaction.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface SqlWork<T> {

    /** Does the work; the caller commits. */
    T in(Connection connection) throws SQLException;
}
