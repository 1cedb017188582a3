package aether.projection.timeline;

import aether.projection.database.Bind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The rows of the timeline; they are only ever added. */
public final class TimelineTable {

    private TimelineTable() {}

    /** Adds entries. */
    public static void append(Connection connection, List<TimelineEntry> entries) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into timeline (position, event_id, org_id, cluster_id, time, recorded_time, type,
                    actor_type, actor, subject, stage, sentence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            for (TimelineEntry entry : entries) {
                Bind.all(
                        statement,
                        entry.position(),
                        entry.eventId(),
                        entry.orgId(),
                        entry.clusterId(),
                        entry.time(),
                        entry.recordedTime(),
                        entry.type(),
                        entry.actorType(),
                        entry.actor(),
                        entry.subject(),
                        entry.stage(),
                        entry.sentence());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The entry in the current row. */
    public static TimelineEntry read(ResultSet row) throws SQLException {
        return new TimelineEntry(
                row.getLong("position"),
                Bind.id(row, "event_id"),
                Bind.idOrNull(row, "org_id"),
                Bind.idOrNull(row, "cluster_id"),
                Bind.instant(row, "time"),
                Bind.instant(row, "recorded_time"),
                row.getString("type"),
                row.getString("actor_type"),
                row.getString("actor"),
                row.getString("subject"),
                row.getString("stage"),
                row.getString("sentence"));
    }
}
