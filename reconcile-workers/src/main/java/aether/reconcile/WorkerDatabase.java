package aether.reconcile;

import aether.store.schema.DatabaseSettings;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** The database in the role that keeps sagas, tokens, deadlines and leases. */
public record WorkerDatabase(HikariDataSource pool) implements AutoCloseable {

    /** One for the sagas' processor, two for its tokens, three for deadlines, the rest for leases. */
    private static final int CONNECTIONS = 8;

    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);

    static WorkerDatabase open(DatabaseSettings database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("aether-workers");
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        config.setInitializationFailTimeout(-1); // a database that starts later than we do is no error
        return new WorkerDatabase(new HikariDataSource(config));
    }

    @Override
    public void close() {
        pool.close();
    }
}
