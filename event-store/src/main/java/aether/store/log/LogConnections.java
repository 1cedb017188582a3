package aether.store.log;

import aether.store.schema.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens connections with the options that the log's statements need. */
final class LogConnections {

    /**
     * Plans made while the table is empty would scan and sort it for ever after; these leave only the indexes. Bitmap
     * and sort are off for readers, whose pages come out of the index in order.
     */
    private static final String INDEX_ONLY =
            "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off";

    private static final String READER_OPTIONS = INDEX_ONLY + " -c enable_sort=off";

    /** How long a batch waits for another writer's batch: far beyond any honest one. */
    private static final String WRITER_OPTIONS = INDEX_ONLY + " -c lock_timeout=3s -c statement_timeout=5s";

    private static final String CONNECT_TIMEOUT_SECONDS = "3";

    /** A busy machine takes its time to hash a password and to start a backend. */
    private static final String LOGIN_TIMEOUT_SECONDS = "10";

    /** Beyond the statement timeout, so that it only ends what the server can no longer end: a dead network. */
    static final int SOCKET_TIMEOUT_SECONDS = 8;

    private LogConnections() {}

    static Connection writer(DatabaseSettings database) throws SQLException {
        Properties properties = properties(database, "aether-log-writer");
        properties.setProperty("options", WRITER_OPTIONS);
        properties.setProperty("socketTimeout", Integer.toString(SOCKET_TIMEOUT_SECONDS));
        properties.setProperty("prepareThreshold", "-1"); // binary from the first execution
        return open(database, properties);
    }

    static Connection notifier(DatabaseSettings database) throws SQLException {
        Properties properties = properties(database, "aether-log-notifier");
        properties.setProperty("socketTimeout", Integer.toString(SOCKET_TIMEOUT_SECONDS));
        return open(database, properties);
    }

    static Connection listener(DatabaseSettings database, WakingSocketFactory.Registration wake) throws SQLException {
        Properties properties = properties(database, "aether-log-listener");
        properties.setProperty("socketFactory", WakingSocketFactory.class.getName());
        properties.setProperty("socketFactoryArg", wake.key());
        return open(database, properties);
    }

    static Properties reader(DatabaseSettings database) {
        Properties properties = properties(database, "aether-log-reader");
        properties.setProperty("options", READER_OPTIONS);
        properties.setProperty("prepareThreshold", "-1"); // else a bytea comes as hex text on first execution
        return properties;
    }

    private static Properties properties(DatabaseSettings database, String name) {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("loginTimeout", LOGIN_TIMEOUT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    private static Connection open(DatabaseSettings database, Properties properties) throws SQLException {
        Connection connection = new Driver().connect(database.url(), properties);
        if (connection == null) {
            throw new SQLException("Expected a PostgreSQL URL, but the driver refused " + database.url());
        }
        return connection;
    }
}
