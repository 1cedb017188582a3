package aether.command.privacy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Lets one generation of the master key follow another. PostgreSQL keeps deleted rows in its write-ahead log, in dead
 * tuples and in backups; once the generation that wrapped them is gone from the master key, they open no more.
 *
 * <p>The order is: the new generation is written, every key is wrapped anew, the old generation is struck out. A crash
 * leaves both in force and a start goes on.
 */
final class Generations {

    /** Rows wrapped anew in one statement round. */
    private static final int BATCH = 1_000;

    private final KeyStore store;

    private final MasterKey master;

    private final IntFunction<byte[]> random;

    Generations(KeyStore store, MasterKey master, IntFunction<byte[]> random) {
        this.store = store;
        this.master = master;
        this.random = random;
    }

    /** Ends every generation up to this one, unless that is done already. */
    void end(int generation) {
        store.alone("let a generation of the master key end", connection -> {
            master.refresh();
            if (oldest() > generation) {
                return generation;
            }
            if (master.newest().number() <= generation) {
                master.begin();
            }
            KeyStore.transaction(connection, () -> rewrap(connection, master.newest()));
            master.endOlder();
            return generation;
        });
    }

    private int oldest() {
        return master.inForce().getLast().number();
    }

    private int rewrap(Connection connection, MasterKey.Generation newest) throws SQLException {
        int count = 0;
        // Rows of a generation that has ended came back with an old backup: nobody can open them, and they stay.
        List<KeyRow> rows = KeyRows.wrappedBy(connection, oldest(), newest.number(), BATCH);
        while (!rows.isEmpty()) {
            for (KeyRow row : rows) {
                byte[] secret = numbered(row.generation()).unwrap(row.keyId(), row.wrapped());
                SubjectKey key = SealedPrincipal.open(row, secret);
                KeyRows.rewrap(
                        connection, key, newest, newest.wrap(key.keyId(), random.apply(AesGcm.IV_BYTES), secret));
                count++;
            }
            rows = KeyRows.wrappedBy(connection, oldest(), newest.number(), BATCH);
        }
        return count;
    }

    private MasterKey.Generation numbered(int number) {
        return master.inForce().stream()
                .filter(generation -> generation.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Expected generation " + number
                        + " of the master key, but it is not in force; is it another installation's file?"));
    }
}
