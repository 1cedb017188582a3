package aether.projection.database;

/**
 * Where the views are kept.
 *
 * @param jdbcUrl the database; it may be the log's server, but needs nothing of it
 * @param user the role, which must be allowed to create schemas there
 * @param schema the schema of the live views; its name with a suffix is used while rebuilding
 */
public record DatabaseSettings(String jdbcUrl, String user, String password, String schema) {

    private static final java.util.regex.Pattern SCHEMA = java.util.regex.Pattern.compile("[a-z][a-z0-9_]{0,40}");

    public DatabaseSettings {
        if (!SCHEMA.matcher(schema).matches()) {
            throw new IllegalArgumentException(
                    "Expected a schema name of lower-case letters, digits and _, at most 41 of them, but got " + schema
                            + ".");
        }
    }

    @Override
    public String toString() {
        return "DatabaseSettings[jdbcUrl=%s, user=%s, password=[hidden], schema=%s]".formatted(jdbcUrl, user, schema);
    }
}
