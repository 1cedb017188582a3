package aether.projection.intake;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Who takes what a feed brings, on one thread. An exception ends the feed's session. */
interface FeedListener {

    /** Takes records, each partition's in order; answers the partitions to hold back for now. */
    Set<Integer> records(List<FeedRecord> batch) throws SQLException;

    /** Nothing has come for a while; answers the partitions to hold back for now. */
    Set<Integer> idle() throws SQLException;
}
