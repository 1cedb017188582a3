package aether.command.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Ends keys in the key store. */
final class PostgresKeyDestruction implements KeyDestruction {

    private static final String DESTROYED =
            "select subject, number, destroyed_at, generation from privacy.destroyed_keys where ";

    private final KeyStore store;

    private final Generations generations;

    private final PostgresSubjectKeys keys;

    /**
     * Destruction in a store.
     *
     * @param keys what this process remembers of keys that end
     */
    PostgresKeyDestruction(KeyStore store, Generations generations, PostgresSubjectKeys keys) {
        this.store = store;
        this.generations = generations;
        this.keys = keys;
    }

    @Override
    public void intend(UUID subject) {
        update(
                "update privacy.subject_keys set erasing_since = clock_timestamp() where subject = ?"
                        + " and erasing_since is null",
                subject);
    }

    @Override
    public void withdraw(UUID subject) {
        update("update privacy.subject_keys set erasing_since = null where subject = ?", subject);
    }

    @Override
    public List<Intent> intents() {
        return store.with("find what was begun", connection -> {
            try (PreparedStatement select = connection.prepareStatement("select subject, erasing_since from"
                            + " privacy.subject_keys where erasing_since is not null order by erasing_since");
                    ResultSet row = select.executeQuery()) {
                List<Intent> intents = new ArrayList<>();
                while (row.next()) {
                    intents.add(new Intent(
                            row.getObject(1, UUID.class),
                            row.getObject(2, OffsetDateTime.class).toInstant()));
                }
                return intents;
            }
        });
    }

    @Override
    public Destroyed destroy(UUID subject) {
        Destroyed destroyed = store.with(
                "destroy a subject's key",
                connection -> KeyStore.transaction(connection, () -> move(connection, subject)));
        keys.forgetRemembered();
        generations.end(destroyed.generation());
        return destroyed;
    }

    @Override
    public List<Destroyed> unrecorded() {
        return store.with("find destroyed keys", connection -> destroyed(connection, "not recorded"));
    }

    @Override
    public void recorded(Destroyed destroyed) {
        update("update privacy.destroyed_keys set recorded = true where subject = ?", destroyed.subject());
    }

    private static Destroyed move(Connection connection, UUID subject) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement("""
                with gone as (delete from privacy.subject_keys where subject = ? returning subject, number, generation)
                insert into privacy.destroyed_keys (subject, number, generation, destroyed_at)
                select subject, number, generation, clock_timestamp() from gone""")) {
            move.setObject(1, subject);
            move.executeUpdate();
        }
        List<Destroyed> destroyed = destroyed(connection, "subject = ?", subject);
        if (destroyed.isEmpty()) {
            throw new IllegalStateException("Expected a key of subject " + subject + ", but it never had one.");
        }
        return destroyed.getFirst();
    }

    private static List<Destroyed> destroyed(Connection connection, String where, Object... values)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DESTROYED + where)) {
            for (int index = 0; index < values.length; index++) {
                select.setObject(index + 1, values[index]);
            }
            List<Destroyed> destroyed = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    destroyed.add(new Destroyed(
                            row.getObject(1, UUID.class),
                            row.getInt(2),
                            row.getObject(3, OffsetDateTime.class).toInstant(),
                            row.getInt(4)));
                }
            }
            return destroyed;
        }
    }

    private void update(String sql, UUID subject) {
        store.with("note what becomes of a subject's key", connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setObject(1, subject);
                return update.executeUpdate();
            }
        });
    }
}
