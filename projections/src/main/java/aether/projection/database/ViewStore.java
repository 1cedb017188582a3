package aether.projection.database;

import java.sql.SQLException;

/** Transactions on one schema of views; the port that tests fail on purpose. */
public interface ViewStore {

    /** Changes the views and their position together: all of it or nothing. */
    <T> T write(SqlWork<T> work) throws SQLException;

    /** Reads one snapshot of the views. */
    <T> T read(SqlWork<T> work) throws SQLException;
}
