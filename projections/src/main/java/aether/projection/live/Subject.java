package aether.projection.live;

import aether.projection.database.Bind;
import aether.projection.timeline.TimelineEntry;
import aether.projection.timeline.TimelineTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Whose events a listener wants. */
sealed interface Subject {

    /** Everything there is. */
    record Everything() implements Subject {
        @Override
        public boolean includes(TimelineEntry entry) {
            return true;
        }

        @Override
        public List<TimelineEntry> after(Connection connection, long position, int most) throws SQLException {
            return read(connection, "position > ?", most, position);
        }
    }

    /** What concerns an organization. */
    record OfOrganization(UUID id) implements Subject {
        @Override
        public boolean includes(TimelineEntry entry) {
            return id.equals(entry.orgId());
        }

        @Override
        public List<TimelineEntry> after(Connection connection, long position, int most) throws SQLException {
            return read(connection, "org_id = ? and position > ?", most, id, position);
        }
    }

    /** What concerns a cluster. */
    record OfCluster(UUID id) implements Subject {
        @Override
        public boolean includes(TimelineEntry entry) {
            return id.equals(entry.clusterId());
        }

        @Override
        public List<TimelineEntry> after(Connection connection, long position, int most) throws SQLException {
            return read(connection, "cluster_id = ? and position > ?", most, id, position);
        }
    }

    /** Whether the entry is among them. */
    boolean includes(TimelineEntry entry);

    /** The next of them after a position, at most so many. */
    List<TimelineEntry> after(Connection connection, long position, int most) throws SQLException;

    private static List<TimelineEntry> read(Connection connection, String condition, int most, Object... arguments)
            throws SQLException {
        String sql = "select * from timeline where " + condition + " order by position limit " + most;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Bind.all(statement, arguments);
            List<TimelineEntry> entries = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.add(TimelineTable.read(rows));
                }
            }
            return entries;
        }
    }
}
