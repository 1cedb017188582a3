package aether.store.log;

import aether.format.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Rows of the log as they come from the driver. */
final class Rows {

    /** The columns in the order that {@link #event} reads them. */
    static final String COLUMNS = "position, stream, sequence, event_id, type, revision, envelope_version,"
            + " recorded_micros, payload, metadata";

    private Rows() {}

    /** The event whose first column stands after so many others. */
    static StoredEvent event(ResultSet row, int before) throws SQLException {
        return new StoredEvent(
                row.getLong(before + 1),
                row.getString(before + 2),
                row.getLong(before + 3),
                row.getObject(before + 4, UUID.class),
                row.getString(before + 5),
                row.getInt(before + 6),
                row.getInt(before + 7),
                row.getLong(before + 8),
                row.getBytes(before + 9),
                row.getBytes(before + 10));
    }
}
