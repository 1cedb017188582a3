package aether.projection.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * How one view is kept: the only thing that knows its columns.
 *
 * @param <V> the view
 */
public interface Table<V> {

    /** Selects one row by its id, the only parameter. */
    String selectById();

    /** Inserts a row or replaces the one with its id. */
    String upsert();

    /** Sets the parameters of {@link #upsert()}. */
    void bind(PreparedStatement statement, V view) throws SQLException;

    /** The view in the current row. */
    V read(ResultSet row) throws SQLException;

    /** The id of a view. */
    UUID id(V view);

    /** The row with the id. */
    default Optional<V> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(selectById())) {
            Bind.all(statement, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(read(rows)) : Optional.empty();
            }
        }
    }
}
