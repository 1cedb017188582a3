package aether.projection.timeline;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * What things are called at the moment an event is told; an unknown thing is called by its id. Names are kept in the
 * views, so that asking for one may fail.
 */
public interface Names {

    /** The name of a cluster. */
    String cluster(UUID id) throws SQLException;

    /** The organization a cluster belongs to. */
    Optional<UUID> organizationOf(UUID clusterId) throws SQLException;

    /** The name of a node pool. */
    String pool(UUID id) throws SQLException;

    /** The name of a machine. */
    String machine(UUID id) throws SQLException;
}
