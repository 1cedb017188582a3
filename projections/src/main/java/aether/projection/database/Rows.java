package aether.projection.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one view that a batch touches: read once, changed in memory, written once.
 *
 * @param <V> the view
 */
public final class Rows<V> {

    private final Connection connection;
    private final Table<V> table;
    private final Map<UUID, Optional<V>> known = new HashMap<>();
    private final Map<UUID, V> changed = new LinkedHashMap<>();

    public Rows(Connection connection, Table<V> table) {
        this.connection = connection;
        this.table = table;
    }

    /** The view with the id, as the batch has left it so far. */
    public Optional<V> find(UUID id) throws SQLException {
        Optional<V> cached = known.get(id);
        if (cached != null) {
            return cached;
        }
        Optional<V> stored = table.find(connection, id);
        known.put(id, stored);
        return stored;
    }

    /** Keeps what a projector answered; nothing is written when it is what was there. */
    public void put(@Nullable V view) throws SQLException {
        if (view == null) {
            return;
        }
        UUID id = table.id(view);
        if (!find(id).equals(Optional.of(view))) {
            known.put(id, Optional.of(view));
            changed.put(id, view);
        }
    }

    /** Writes what changed. */
    public void flush() throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(table.upsert())) {
            for (V view : changed.values()) {
                table.bind(statement, view);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        changed.clear();
    }
}
