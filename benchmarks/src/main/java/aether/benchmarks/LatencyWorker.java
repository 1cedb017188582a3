package aether.benchmarks;

import aether.format.StoredEvent;
import aether.store.axon.LogMessageSource;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.ReaderSettings;
import aether.store.process.ProcessStores;
import aether.store.schema.DatabaseSettings;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The other process: notes when it sees each position, as a log reader or in an Axon handler. The nanosecond clock is
 * the machine's, the same for all processes.
 */
final class LatencyWorker {

    static final int MAX_EVENTS = 1 << 20;

    private static final Duration WAIT = Duration.ofSeconds(1);

    private LatencyWorker() {}

    static void run() throws IOException, InterruptedException {
        BufferedReader input = OtherJvm.input();
        DatabaseSettings database = OtherJvm.database(input);
        boolean handler = OtherJvm.line(input).equals("handler");
        int count = Integer.parseInt(OtherJvm.line(input));
        AtomicLongArray seen = new AtomicLongArray(count);
        try (LogSignal signal = LogSignal.open(database);
                LogReader reader = LogReader.open(ReaderSettings.of(database), signal)) {
            if (handler) {
                handle(database, signal, reader, seen);
            } else {
                System.out.println("ready");
                read(reader, seen);
            }
        }
        for (int position = 0; position < count; position++) {
            System.out.println(seen.get(position));
        }
    }

    private static void read(LogReader reader, AtomicLongArray seen) throws InterruptedException {
        int next = 0;
        while (next < seen.length()) {
            List<StoredEvent> page = reader.read(next, LogReader.PAGE);
            long now = System.nanoTime();
            for (int i = 0; i < page.size() && next < seen.length(); i++) {
                seen.set(next++, now);
            }
            if (page.isEmpty()) {
                boolean ignored = reader.awaitAfter(next - 1L, WAIT);
            }
        }
    }

    private static void handle(DatabaseSettings database, LogSignal signal, LogReader reader, AtomicLongArray seen)
            throws InterruptedException {
        try (HikariDataSource pool = Processor.pool(database);
                Processor processor = new Processor(
                        new LogMessageSource(reader, signal, new FixedCodec()),
                        ProcessStores.tokens(
                                pool::getConnection, ProcessStores.serializer(), "bench", Duration.ofSeconds(10)),
                        position -> {
                            if (position < seen.length()) {
                                seen.set((int) position, System.nanoTime());
                            }
                        })) {
            processor.start();
            System.out.println("ready");
            processor.awaitHandled(seen.length() - 1L);
        }
    }
}
