package aether.projection;

import aether.embedded.postgres.TestPostgres;
import aether.projection.database.DatabaseSettings;
import aether.projection.database.ViewDatabase;
import aether.projection.rebuild.ViewDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A view database of a test's own on the shared server. */
public final class TestViews {

    private TestViews() {}

    /** Settings of an empty database. */
    public static DatabaseSettings settings() {
        TestPostgres.Database database = TestPostgres.createDatabase();
        return new DatabaseSettings(
                database.jdbcUrl(), database.owner().user(), database.owner().password(), "view");
    }

    /** An empty view database. */
    public static ViewDatabase create() throws SQLException {
        ViewDatabase database = new ViewDatabase(settings());
        database.migrate();
        return database;
    }

    public static ViewDigest digest(ViewDatabase database) throws SQLException {
        return database.read(ViewDigest::of);
    }

    /** The first column of every row, as text. */
    public static List<String> column(ViewDatabase database, String sql) throws SQLException {
        return database.read(connection -> {
            List<String> values = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.add(String.valueOf(rows.getString(1)));
                }
            }
            return values;
        });
    }
}
