package aether.projection.rebuild;

import aether.projection.position.Positions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the views have come and how much they hold.
 *
 * @param nextWanted the smallest position that is not in them
 * @param rows how many rows each view has
 */
public record ViewCounts(long nextWanted, SortedMap<String, Long> rows) {

    /** Every view; where to begin reading in Kafka is none of them. */
    static final List<String> VIEWS = List.of("organization", "cluster", "node_pool", "machine", "timeline");

    /** The counts of the views in the connection's schema. */
    static ViewCounts of(Connection connection) throws SQLException {
        SortedMap<String, Long> rows = new TreeMap<>();
        for (String view : VIEWS) {
            try (Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("select count(*) from " + view)) {
                count.next();
                rows.put(view, count.getLong(1));
            }
        }
        return new ViewCounts(Positions.nextWanted(connection), rows);
    }
}
