package aether.projection.position;

import aether.projection.database.Bind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** How far a schema of views has come; kept in the schema itself, so that views and position move together. */
public final class Positions {

    private Positions() {}

    /** The smallest position that is not in the views yet. */
    public static long nextWanted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select next_wanted from position")) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Moves the position, before anything else in the transaction: the row's lock makes writers take turns.
     *
     * @throws PositionMovedException when another process has moved it meanwhile
     */
    public static void advance(Connection connection, long from, long to) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update position set next_wanted = ? where next_wanted = ?")) {
            Bind.all(statement, to, from);
            if (statement.executeUpdate() != 1) {
                throw new PositionMovedException(from);
            }
        }
    }

    /** Where reading each partition of the topic may begin. */
    public static Map<Integer, Long> offsets(Connection connection, String topic) throws SQLException {
        Map<Integer, Long> offsets = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select partition, next_offset from partition_offset where topic = ?")) {
            Bind.all(statement, topic);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    offsets.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
        return offsets;
    }

    /** Keeps where reading each partition may begin next time. */
    public static void saveOffsets(Connection connection, String topic, Map<Integer, Long> offsets)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into partition_offset (topic, partition, next_offset) values (?, ?, ?)
                on conflict (topic, partition) do update set next_offset = excluded.next_offset
                """)) {
            for (Map.Entry<Integer, Long> offset : offsets.entrySet()) {
                Bind.all(statement, topic, offset.getKey(), offset.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
