package aether.benchmarks;

import aether.command.door.Door;
import aether.command.door.DoorSettings;
import aether.command.door.DoorStatus;
import aether.format.Envelope;
import aether.format.JsonEventCodec;
import aether.format.KafkaRecordFields;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.ReaderSettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.tools.ProducerPerformance;

/**
 * The door from a filled log to Kafka, over Kafka's own producer perf test on the same broker, in turns: both clocks
 * run from nothing open to the last acknowledgement, in this JVM, into a topic that is there and empty.
 */
final class DoorBenchmark {

    private static final int ROUNDS = 3;

    /** Two orders of magnitude more than it should take. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofMillis(1);

    private final PrintStream out;

    private final Envelope envelope = new Envelope("bench", new JsonEventCodec());

    DoorBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(int events) throws Exception {
        if (events <= 0 || events % DoorLog.STREAM_EVENTS != 0) {
            throw new IllegalArgumentException(
                    "Expected a positive multiple of " + DoorLog.STREAM_EVENTS + " events, but got " + events);
        }
        try (BenchServer server = new BenchServer();
                BenchBroker broker = new BenchBroker()) {
            DoorLog.fill(server.appender(), events);
            server.execute("vacuum analyze log.events");
            out.println(server.check(events));
            int bytes = meanBytes(server);
            out.printf("%,d events, records of %d bytes in the mean%n", events, bytes);
            Ratios ratios = new Ratios();
            for (int round = 0; round <= ROUNDS; round++) {
                double door = events / door(server, broker, "bench.door." + round, events);
                double perf = events / perf(broker, "bench.perf." + round, events, bytes);
                String name = round == 0 ? "warm-up" : "round " + round;
                out.printf("%s: door %,.0f records/s, perf test %,.0f, ratio %.2f%n", name, door, perf, door / perf);
                if (round > 0) {
                    ratios.add(door / perf);
                }
            }
            out.println(ratios.verdict("door over Kafka's producer perf test", 0.4));
        }
    }

    /** Key, headers and value, of the log's first page: its events are alike. */
    private int meanBytes(BenchServer server) {
        try (LogSignal signal = LogSignal.open(server.reader());
                LogReader reader = LogReader.open(ReaderSettings.of(server.reader()), signal)) {
            return (int) Math.round(reader.read(0, LogReader.PAGE).stream()
                    .map(envelope::record)
                    .mapToInt(DoorBenchmark::bytes)
                    .average()
                    .orElseThrow());
        }
    }

    private static int bytes(KafkaRecordFields fields) {
        int headers = fields.headers().entrySet().stream()
                .mapToInt(header -> utf8(header.getKey()) + header.getValue().length)
                .sum();
        return utf8(fields.key()) + headers + fields.value().length;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Seconds until all of the log is acknowledged, from a token that was never written. */
    private double door(BenchServer server, BenchBroker broker, String topic, int events)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        server.execute("delete from process.tokens");
        broker.create(topic, DoorSettings.PARTITIONS);
        DoorSettings defaults = DoorSettings.of(broker.bootstrapServers());
        DoorSettings settings = new DoorSettings(
                defaults.bootstrapServers(),
                topic,
                defaults.wantedTopic(),
                defaults.partitions(),
                defaults.replicationFactor());
        double seconds;
        try (LogSignal signal = LogSignal.open(server.appender());
                LogReader reader = LogReader.open(ReaderSettings.of(server.appender()), signal);
                Door door = Door.of(reader, envelope, server.saga(), settings, System::nanoTime)) {
            long start = System.nanoTime();
            door.start();
            awaitPublished(door, events - 1L, start);
            seconds = (System.nanoTime() - start) / 1e9;
        }
        check(broker, topic, events);
        long token = server.number("select convert_from(token, 'UTF8')::bigint from process.tokens");
        if (token != events) {
            throw new IllegalStateException("Expected the token at " + events + ", but it is at " + token);
        }
        return seconds;
    }

    private static void awaitPublished(Door door, long head, long start) throws InterruptedException {
        DoorStatus status = door.status();
        while (status.published() != head) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("Expected all up to " + head + " to be published, but got " + status);
            }
            Thread.sleep(LOOK);
            status = door.status();
        }
    }

    /** Seconds that the perf test takes, its producer's start and end included, as they are for the door. */
    private static double perf(BenchBroker broker, String topic, int events, int bytes) throws Exception {
        broker.create(topic, DoorSettings.PARTITIONS);
        String[] arguments = {
            "--topic",
            topic,
            "--num-records",
            Integer.toString(events),
            "--record-size",
            Integer.toString(bytes),
            "--throughput",
            "-1",
            "--producer-props",
            "bootstrap.servers=" + broker.bootstrapServers(),
            "acks=all"
        };
        long start = System.nanoTime();
        ProducerPerformance.main(arguments);
        double seconds = (System.nanoTime() - start) / 1e9;
        check(broker, topic, events);
        return seconds;
    }

    private static void check(BenchBroker broker, String topic, int events)
            throws InterruptedException, ExecutionException, TimeoutException {
        long records = broker.records(topic, DoorSettings.PARTITIONS);
        if (records != events) {
            throw new IllegalStateException(
                    "Expected as many records in " + topic + " as events, " + events + ", but it holds " + records);
        }
    }
}
