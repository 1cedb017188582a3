package aether.benchmarks;

import aether.domain.organization.OrganizationEvent.OrganizationRenamed;
import aether.domain.organization.OrganizationId;
import aether.format.EventCodec;
import aether.format.EventMetadata;
import aether.format.JsonEventCodec;
import aether.format.StoredEvent;
import aether.store.axon.LogMessageSource;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.ReaderSettings;
import aether.store.process.ProcessStores;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;

/** Reading the whole log from the start, over COPY of the same rows to nowhere, in turns. */
final class ReplayBenchmark {

    /** Rows per second of asked duration: a few hundred thousand for the default of five seconds. */
    private static final int ROWS_PER_SECOND = 100_000;

    private static final int ROUNDS = 5;

    private final PrintStream out;

    private final EventCodec codec = new JsonEventCodec();

    ReplayBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(Duration each) throws IOException, SQLException, InterruptedException {
        int rows = (int) (ROWS_PER_SECOND * each.toSeconds());
        try (BenchServer server = new BenchServer()) {
            fill(server, rows);
            out.println(server.check(rows));
            Ratios reader = new Ratios();
            Ratios handler = new Ratios();
            for (int round = 0; round <= ROUNDS; round++) {
                double copy = rows / copy(server);
                double read = rows / read(server, rows);
                double handled = rows / handle(server, rows, round);
                out.printf("COPY text %,.0f rows/s, reader %,.0f, Axon handler %,.0f%n", copy, read, handled);
                if (round > 0) { // the first warms up
                    reader.add(read / copy);
                    handler.add(handled / copy);
                }
            }
            out.println(reader.verdict("replay by the log's reader over COPY", 1.0));
            out.println(handler.verdict("replay into an Axon handler over COPY", 0.15));
        }
    }

    /** Real events in streams of ten, as one statement: filling is not what is measured. */
    private void fill(BenchServer server, int rows) throws SQLException {
        EventCodec.Encoded event = codec.encode(new OrganizationRenamed(
                new OrganizationId(UUID.nameUUIDFromBytes(new byte[0])), "A name for a company"));
        byte[] metadata = codec.encodeMetadata(new EventMetadata(
                "user",
                "ada",
                "acme",
                "acme",
                "request-1",
                "192.0.2.1",
                null,
                null,
                null,
                null,
                1_700_000_000_000_000L));
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into log.events select i, i % 10, 1700000000000000 + i, ?, 1, gen_random_uuid(), null,"
                                + " 'organization-' || i / 10, ?, ?, ? from generate_series(0, ? - 1) i")) {
            insert.setInt(1, event.revision());
            insert.setString(2, event.type());
            insert.setBytes(3, event.payload());
            insert.setBytes(4, metadata);
            insert.setInt(5, rows);
            insert.executeUpdate();
        }
        server.execute("vacuum analyze log.events");
    }

    private static double copy(BenchServer server) throws SQLException, IOException {
        try (Connection connection = server.connect()) {
            long start = System.nanoTime();
            long copied = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy log.events to stdout", OutputStream.nullOutputStream());
            return copied == 0 ? Double.NaN : (System.nanoTime() - start) / 1e9;
        }
    }

    private static double read(BenchServer server, int rows) {
        try (LogSignal signal = LogSignal.open(server.reader());
                LogReader reader = LogReader.open(ReaderSettings.of(server.reader()), signal)) {
            reader.head(); // connected before the clock starts, as COPY is
            long start = System.nanoTime();
            long next = 0;
            long bytes = 0; // every row is touched, as a handler would
            while (next < rows) {
                List<StoredEvent> page = reader.read(next, LogReader.PAGE);
                for (StoredEvent event : page) {
                    bytes += event.payload().length + event.metadata().length;
                }
                next += page.size();
            }
            return bytes == 0 ? Double.NaN : (System.nanoTime() - start) / 1e9;
        }
    }

    private double handle(BenchServer server, int rows, int round) throws SQLException, InterruptedException {
        server.execute("delete from process.tokens");
        try (LogSignal signal = LogSignal.open(server.saga());
                LogReader reader = LogReader.open(ReaderSettings.of(server.saga()), signal);
                HikariDataSource pool = Processor.pool(server.saga());
                Processor processor = new Processor(
                        new LogMessageSource(reader, signal, codec),
                        ProcessStores.tokens(
                                pool::getConnection,
                                ProcessStores.serializer(),
                                "bench-" + round,
                                Duration.ofSeconds(10)),
                        position -> {})) {
            long start = System.nanoTime();
            processor.start();
            processor.awaitHandled(rows - 1L);
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
