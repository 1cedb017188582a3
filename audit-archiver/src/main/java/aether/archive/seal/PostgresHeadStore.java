package aether.archive.seal;

import aether.archive.log.Hash;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/**
 * The head while this process holds it. Whoever was taken for dead finds its epoch gone: no change of it takes effect
 * any more, and it signs nothing, because a signature follows a change.
 */
final class PostgresHeadStore implements HeadStore {

    /** A holder shows that it lives so many times within its lease. */
    private static final int BEATS_PER_LEASE = 5;

    private final Connection connection;
    private final HeadDatabase database;
    private final String log;
    private final long epoch;
    private final LongSupplier nanoTime;
    private long beatenAt;

    PostgresHeadStore(
            Connection connection,
            HeadDatabase database,
            String log,
            long epoch,
            LongSupplier nanoTime,
            long beatenAt) {
        this.connection = connection;
        this.database = database;
        this.log = log;
        this.epoch = epoch;
        this.nanoTime = nanoTime;
        this.beatenAt = beatenAt;
    }

    @Override
    public Head read() throws IOException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select size, root, sealed_size, seal_hash from archive.head where log = ? and epoch = ?")) {
            statement.setString(1, log);
            statement.setLong(2, epoch);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw takenOver();
                }
                return new Head(
                        row.getLong(1),
                        Hash.fromBase64(row.getString(2)),
                        row.getLong(3),
                        Hash.fromBase64(row.getString(4)));
            }
        } catch (SQLException e) {
            throw away(e);
        }
    }

    @Override
    public boolean compareAndSet(Head expected, Head next) throws IOException {
        long asked = nanoTime.getAsLong();
        try (PreparedStatement statement = connection.prepareStatement(
                "update archive.head set beat = beat + 1, size = ?, root = ?, sealed_size = ?, seal_hash = ?"
                        + " where log = ? and epoch = ?"
                        + " and size = ? and root = ? and sealed_size = ? and seal_hash = ?")) {
            statement.setLong(1, next.size());
            statement.setString(2, next.root().base64());
            statement.setLong(3, next.sealedSize());
            statement.setString(4, next.sealHash().base64());
            statement.setString(5, log);
            statement.setLong(6, epoch);
            statement.setLong(7, expected.size());
            statement.setString(8, expected.root().base64());
            statement.setLong(9, expected.sealedSize());
            statement.setString(10, expected.sealHash().base64());
            boolean set = statement.executeUpdate() == 1;
            beatenAt = set ? asked : beatenAt;
            return set;
        } catch (SQLException e) {
            throw away(e);
        }
    }

    @Override
    public void keep() throws IOException {
        long now = nanoTime.getAsLong();
        if (now - beatenAt < database.lease().toNanos() / BEATS_PER_LEASE) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("update archive.head set beat = beat + 1 where log = ? and epoch = ?")) {
            statement.setString(1, log);
            statement.setLong(2, epoch);
            if (statement.executeUpdate() == 0) {
                throw takenOver();
            }
            beatenAt = now;
        } catch (SQLException e) {
            throw away(e);
        }
    }

    /** Gives the right back, so that nobody waits for a lease to end. */
    @Override
    public void close() throws IOException {
        try (connection;
                PreparedStatement statement = connection.prepareStatement(
                        "update archive.head set held = false, beat = beat + 1 where log = ? and epoch = ?")) {
            statement.setString(1, log);
            statement.setLong(2, epoch);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw away(e);
        }
    }

    private HeldByAnother takenOver() {
        return new HeldByAnother("Expected to hold the log " + log + " in epoch " + epoch
                + ", but another archiver took over: this one was taken for dead.");
    }

    private IOException away(SQLException e) {
        return new IOException("Expected the head of " + log + " in " + database.url() + ", but " + e.getMessage(), e);
    }
}
