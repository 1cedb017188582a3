package aether.projection.intake;

import java.sql.SQLException;

/** What must be done once before the views can be read or written. */
@FunctionalInterface
public interface Preparation {

    /** Does it; a failure is tried again later. */
    void prepare() throws SQLException;
}
