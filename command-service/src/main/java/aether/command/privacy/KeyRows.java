package aether.command.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statements about subjects' keys. */
final class KeyRows {

    private static final String SELECT =
            "select subject, number, generation, lookup, pseudonym, wrapped, principal, created_at, used_at"
                    + " from privacy.subject_keys where ";

    private static final String INSERT = """
            insert into privacy.subject_keys
                (subject, number, generation, lookup, pseudonym, wrapped, principal, created_at, used_at)
            values (?, ?, ?, ?, ?, ?, ?, clock_timestamp(), clock_timestamp())
            on conflict do nothing""";

    private static final String REWRAP =
            "update privacy.subject_keys set generation = ?, lookup = ?, wrapped = ? where subject = ?";

    /** To the day is enough for laws that count in years, and is at most one write a day and subject. */
    private static final String USED = "update privacy.subject_keys set used_at = clock_timestamp() where subject = ?"
            + " and used_at < clock_timestamp() - interval '1 day'";

    private KeyRows() {}

    static Optional<KeyRow> byLookup(Connection connection, byte[] lookup) throws SQLException {
        return list(connection, "lookup = ?", lookup).stream().findFirst();
    }

    static Optional<KeyRow> byPseudonym(Connection connection, String pseudonym) throws SQLException {
        return list(connection, "pseudonym = ?", pseudonym).stream().findFirst();
    }

    static Optional<KeyRow> bySubject(Connection connection, UUID subject) throws SQLException {
        return list(connection, "subject = ?", subject).stream().findFirst();
    }

    /** Rows that a generation from {@code from} up to but without {@code to} wrapped, a bounded number of them. */
    static List<KeyRow> wrappedBy(Connection connection, int from, int to, int limit) throws SQLException {
        return list(connection, "generation >= ? and generation < ? limit " + limit, from, to);
    }

    /** The newest generation that wrapped a row; 0 when there are no rows. */
    static int newestGeneration(Connection connection) throws SQLException {
        return number(connection, "select coalesce(max(generation), 0) from privacy.subject_keys");
    }

    /** How many rows generations before this one wrapped. */
    static int countBefore(Connection connection, int generation) throws SQLException {
        return number(connection, "select count(*) from privacy.subject_keys where generation < " + generation);
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    static void insert(
            Connection connection, SubjectKey key, MasterKey.Generation generation, byte[] wrapped, byte[] principal)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, key.subject());
            insert.setInt(2, key.number());
            insert.setInt(3, generation.number());
            insert.setBytes(4, generation.index(PrincipalText.of(key.principal())));
            insert.setString(5, key.pseudonym());
            insert.setBytes(6, wrapped);
            insert.setBytes(7, principal);
            insert.executeUpdate();
        }
    }

    static void rewrap(Connection connection, SubjectKey key, MasterKey.Generation generation, byte[] wrapped)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(REWRAP)) {
            update.setInt(1, generation.number());
            update.setBytes(2, generation.index(PrincipalText.of(key.principal())));
            update.setBytes(3, wrapped);
            update.setObject(4, key.subject());
            update.executeUpdate();
        }
    }

    static void used(Connection connection, UUID subject) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(USED)) {
            update.setObject(1, subject);
            update.executeUpdate();
        }
    }

    private static List<KeyRow> list(Connection connection, String where, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + where)) {
            for (int index = 0; index < values.length; index++) {
                select.setObject(index + 1, values[index]);
            }
            List<KeyRow> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(read(row));
                }
            }
            return rows;
        }
    }

    private static KeyRow read(ResultSet row) throws SQLException {
        return new KeyRow(
                row.getObject(1, UUID.class),
                row.getInt(2),
                row.getInt(3),
                row.getBytes(4),
                row.getString(5),
                row.getBytes(6),
                row.getBytes(7),
                instant(row, 8),
                instant(row, 9));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
