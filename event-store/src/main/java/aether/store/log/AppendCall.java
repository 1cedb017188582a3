package aether.store.log;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The one statement that appends, prepared on one connection. */
final class AppendCall implements AutoCloseable {

    private static final String CALL =
            "select base, recorded, clock, losers, loser_streams, loser_next, duplicates, duplicate_positions"
                    + " from log.append(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String OWN =
            "select position, recorded_micros from log.events where stream = ? and sequence = ? and event_id = ?";

    private final Connection connection;

    private final PGConnection arrays;

    private final PreparedStatement call;

    AppendCall(Connection connection) throws SQLException {
        this.connection = connection;
        this.arrays = connection.unwrap(PGConnection.class);
        this.call = connection.prepareStatement(CALL);
    }

    /**
     * What the log said about a batch. Ordinals are indexes into the batch.
     *
     * @param base position of the first stored event
     */
    record Result(long base, long recordedMicros, long clockMicros, List<Loser> losers, List<Repeat> repeats) {}

    /** A command that lost, the stream it lost on and what that stream wanted next. */
    record Loser(int ordinal, String stream, long next) {}

    /** A command that is in the log already. */
    record Repeat(int ordinal, long position) {}

    Result append(List<Pending> batch) throws SQLException {
        Columns columns = new Columns(batch);
        call.setArray(1, arrays.createArrayOf("int4", columns.commands));
        call.setArray(2, arrays.createArrayOf("bool", columns.heads));
        call.setArray(3, arrays.createArrayOf("text", columns.streams));
        call.setArray(4, arrays.createArrayOf("int8", columns.sequences));
        call.setArray(5, arrays.createArrayOf("uuid", columns.eventIds));
        call.setArray(6, arrays.createArrayOf("text", columns.types));
        call.setArray(7, arrays.createArrayOf("int4", columns.revisions));
        call.setArray(8, arrays.createArrayOf("int4", columns.envelopeVersions));
        call.setArray(9, arrays.createArrayOf("bytea", columns.payloads));
        call.setArray(10, arrays.createArrayOf("bytea", columns.metadata));
        call.setArray(11, arrays.createArrayOf("uuid", columns.commandIds));
        call.setBoolean(12, columns.follows);
        try (ResultSet row = call.executeQuery()) {
            row.next();
            return new Result(row.getLong(1), row.getLong(2), row.getLong(3), losers(row), repeats(row));
        }
    }

    /** Where the command lies if the log took it although its answer was lost. */
    AppendOutcome.@Nullable Appended findOwn(AppendCommand command) throws SQLException {
        NewEvent first = command.events().getFirst();
        try (PreparedStatement select = connection.prepareStatement(OWN)) {
            select.setString(1, first.stream());
            select.setLong(2, first.sequence());
            select.setObject(3, first.eventId());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new AppendOutcome.Appended(
                                row.getLong(1), command.events().size(), row.getLong(2))
                        : null;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close(); // takes its statements along
    }

    private static List<Loser> losers(ResultSet row) throws SQLException {
        Integer[] ordinals = (Integer[]) elements(row.getArray(4));
        if (ordinals.length == 0) {
            return List.of();
        }
        String[] streams = (String[]) elements(row.getArray(5));
        Long[] next = (Long[]) elements(row.getArray(6));
        Loser[] losers = new Loser[ordinals.length];
        for (int i = 0; i < losers.length; i++) {
            losers[i] = new Loser(ordinals[i], streams[i], next[i]);
        }
        return List.of(losers);
    }

    private static List<Repeat> repeats(ResultSet row) throws SQLException {
        Integer[] ordinals = (Integer[]) elements(row.getArray(7));
        if (ordinals.length == 0) {
            return List.of();
        }
        Long[] positions = (Long[]) elements(row.getArray(8));
        Repeat[] repeats = new Repeat[ordinals.length];
        for (int i = 0; i < repeats.length; i++) {
            repeats[i] = new Repeat(ordinals[i], positions[i]);
        }
        return List.of(repeats);
    }

    private static Object elements(@Nullable Array array) throws SQLException {
        return array == null ? new Integer[0] : array.getArray();
    }

    /** A batch turned on its side: one array per column. */
    private static final class Columns {

        final int[] commands;
        final boolean[] heads;
        final String[] streams;
        final long[] sequences;
        final UUID[] eventIds;
        final String[] types;
        final int[] revisions;
        final int[] envelopeVersions;
        final byte[][] payloads;
        final byte[][] metadata;
        final @Nullable UUID[] commandIds;
        boolean follows;

        Columns(List<Pending> batch) {
            int size = 0;
            for (Pending pending : batch) {
                size += pending.command.events().size();
            }
            commands = new int[size];
            heads = new boolean[size];
            streams = new String[size];
            sequences = new long[size];
            eventIds = new UUID[size];
            types = new String[size];
            revisions = new int[size];
            envelopeVersions = new int[size];
            payloads = new byte[size][];
            metadata = new byte[size][];
            commandIds = new UUID[size];
            int row = 0;
            for (int ordinal = 0; ordinal < batch.size(); ordinal++) {
                AppendCommand command = batch.get(ordinal).command;
                commandIds[row] = command.commandId();
                int first = row;
                for (NewEvent event : command.events()) {
                    commands[row] = ordinal;
                    heads[row] = isHead(first, row, event.stream());
                    set(row, event);
                    follows |= heads[row] && event.sequence() > 0;
                    row++;
                }
            }
        }

        private void set(int row, NewEvent event) {
            streams[row] = event.stream();
            sequences[row] = event.sequence();
            eventIds[row] = event.eventId();
            types[row] = event.type();
            revisions[row] = event.revision();
            envelopeVersions[row] = event.envelopeVersion();
            payloads[row] = event.payload();
            metadata[row] = event.metadata();
        }

        private boolean isHead(int first, int row, String stream) {
            for (int i = first; i < row; i++) {
                if (streams[i].equals(stream)) {
                    return false;
                }
            }
            return true;
        }
    }
}
