package aether.command.privacy;

import aether.store.schema.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/** The key store's own schema, apart from the log's; only command-service's role may see it. */
public final class KeySchema {

    /** Ours alone ("Aeth", 4): the log's own lock is 1, its schema's is 2, the door's is 3. */
    private static final String LOCK = "select pg_advisory_lock(1097168978, 4)";

    private KeySchema() {}

    /**
     * Creates or upgrades schema {@code privacy}; the log's roles exist already.
     *
     * @param owner the role that will own the tables
     * @throws SQLException when the database cannot be reached or refuses
     */
    public static void migrate(DatabaseSettings owner) throws SQLException {
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute(LOCK); // ends with this connection
            Flyway.configure(KeySchema.class.getClassLoader())
                    .dataSource(owner.url(), owner.user(), owner.password())
                    .locations("classpath:aether/command/privacy")
                    .schemas("privacy")
                    .defaultSchema("privacy")
                    .table("schema_history")
                    .createSchemas(true)
                    .placeholderReplacement(false)
                    .load()
                    .migrate();
        }
    }
}
