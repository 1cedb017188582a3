package aether.store.restore;

import aether.format.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into {@code log.events} by PostgreSQL's binary COPY, many at a time. */
final class RowCopy {

    private static final String COPY = "copy log.events (position, sequence, recorded_micros, revision,"
            + " envelope_version, event_id, command_id, stream, type, payload, metadata) from stdin (format binary)";

    private static final short FIELDS = 11;

    /** Signature, no flags, no extension: PostgreSQL's documentation of COPY, "Binary Format". */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final int ABSENT = -1;

    /** Sent when so much has gathered. */
    private static final int CHUNK_BYTES = 1 << 20;

    private final CopyIn copy;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(2 * CHUNK_BYTES);
    private final DataOutputStream out = new DataOutputStream(gathered);

    private RowCopy(CopyIn copy) {
        this.copy = copy;
    }

    static RowCopy into(Connection connection) throws SQLException {
        RowCopy begun =
                new RowCopy(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY));
        begun.gathered.writeBytes(HEADER);
        return begun;
    }

    void add(StoredEvent row, @Nullable UUID commandId) throws SQLException {
        try {
            out.writeShort(FIELDS);
            number(row.position());
            number(row.sequence());
            number(row.recordedMicros());
            number(row.revision());
            number(row.envelopeVersion());
            id(row.eventId());
            if (commandId == null) {
                out.writeInt(ABSENT);
            } else {
                id(commandId);
            }
            bytes(row.stream().getBytes(StandardCharsets.UTF_8));
            bytes(row.type().getBytes(StandardCharsets.UTF_8));
            bytes(row.payload());
            bytes(row.metadata());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a buffer in memory does not fail
        }
        if (gathered.size() >= CHUNK_BYTES) {
            send();
        }
    }

    /** Sends what is left; the rows are in the transaction then. */
    long end() throws SQLException {
        gathered.writeBytes(new byte[] {(byte) 0xff, (byte) 0xff});
        send();
        return copy.endCopy();
    }

    private void send() throws SQLException {
        byte[] chunk = gathered.toByteArray();
        copy.writeToCopy(chunk, 0, chunk.length);
        gathered.reset();
    }

    private void number(long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    private void number(int value) throws IOException {
        out.writeInt(Integer.BYTES);
        out.writeInt(value);
    }

    private void id(UUID value) throws IOException {
        out.writeInt(2 * Long.BYTES);
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    private void bytes(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }
}
