package aether.store.log;

import java.sql.SQLException;

/** What a failed append means for its commands. */
enum Failure {
    /** The connection is gone with the answer: stored or not, only the log knows. */
    LOST,
    /** The server refused these bytes: nothing stored, and nothing will be however often it is tried. */
    REFUSED,
    /** The server could not just now: nothing stored, another try may do. */
    BUSY;

    static Failure of(SQLException error) {
        String state = error.getSQLState();
        if (state == null || state.startsWith("08") || state.startsWith("57P")) {
            return LOST;
        }
        // data exception, integrity constraint, program limit exceeded: the fault of a command in the batch
        if (state.startsWith("22") || state.startsWith("23") || state.startsWith("54")) {
            return REFUSED;
        }
        return BUSY;
    }
}
