package aether.projection.http;

import aether.projection.database.Bind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A list that is read page by page, in the order of a key that never changes.
 *
 * @param select what is selected from what, up to but without {@code where}
 * @param table the table, for finding the cursor's row
 * @param scope the condition that says whose things they are
 * @param visible the condition that says which of them are shown
 * @param key the column that orders them, a position
 * @param id the column that cursors name
 * @param arguments the parameters of scope
 */
public record Listing(
        String select, String table, String scope, String visible, String key, String id, List<Object> arguments) {

    /** How a row is read. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads the current row. */
        T read(ResultSet row) throws SQLException;
    }

    /** What a cursor is taken from. */
    @FunctionalInterface
    public interface Identified<T> {
        /** The id of an item. */
        UUID of(T item);
    }

    public Listing {
        arguments = List.copyOf(arguments);
    }

    /** A list of things that were created at a position. */
    public static Listing byCreation(String table, String scope, String visible, Object... arguments) {
        return new Listing(
                "select * from " + table, table, scope, visible, "created_position", "id", List.of(arguments));
    }

    /**
     * Reads one page.
     *
     * @throws QueryRefused when the cursor is not one of this list
     */
    public <T> Page<T> page(Connection connection, PageRequest request, RowReader<T> reader, Identified<T> identified)
            throws SQLException {
        long after = after(connection, request.cursor());
        String sql = "%s where %s and %s and %s > ? order by %s limit ?".formatted(select, scope, visible, key, key);
        List<Object> parameters = new ArrayList<>(arguments);
        parameters.add(after);
        parameters.add(request.limit() + 1);
        List<T> items = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Bind.all(statement, parameters.toArray());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    items.add(reader.read(rows));
                }
            }
        }
        if (items.size() <= request.limit()) {
            return new Page<>(items, null);
        }
        List<T> shown = items.subList(0, request.limit());
        return new Page<>(List.copyOf(shown), identified.of(shown.getLast()));
    }

    private long after(Connection connection, @Nullable UUID cursor) throws SQLException {
        if (cursor == null) {
            return -1;
        }
        String sql = "select %s from %s where %s and %s = ?".formatted(key, table, scope, id);
        List<Object> parameters = new ArrayList<>(arguments);
        parameters.add(cursor);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Bind.all(statement, parameters.toArray());
            try (ResultSet rows = statement.executeQuery()) {
                if (rows.next()) {
                    return rows.getLong(1);
                }
            }
        }
        throw QueryRefused.invalid("cursor", "Expected a cursor of this list, but got " + cursor + ".");
    }
}
