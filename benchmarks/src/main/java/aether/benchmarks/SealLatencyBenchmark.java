package aether.benchmarks;

import aether.archive.Archiver;
import aether.archive.ArchiverSettings;
import aether.archive.ArchiverStatus;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.command.door.Door;
import aether.command.door.DoorSettings;
import aether.format.Envelope;
import aether.format.JsonEventCodec;
import aether.store.axon.LogEventStorageEngine;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.LogWriter;
import aether.store.log.ReaderSettings;
import aether.store.log.WriterSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * From the append call of an event to a locked seal over it, at a steady rate, through all there is: log, door, Kafka,
 * archiver on {@code worm-fs} with the house's settings. The n-th call stands for position n; commands in flight
 * together may swap places, which moves single figures by a few milliseconds.
 */
final class SealLatencyBenchmark {

    private static final int PER_SECOND = 1_000;
    private static final int WARM_UP_SECONDS = 5;
    /** So many more at the end are not counted: with nobody after them, the last ones wait for the minute's seal. */
    private static final int FOLLOWERS = 512;

    private static final double WANTED_P99_SECONDS = 2;
    private static final Duration LOOK = Duration.ofMillis(2);

    /** Far more than a seal may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PrintStream out;

    SealLatencyBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(Duration measured) throws Exception {
        Path directory = Files.createTempDirectory("aether-sealed");
        int count = (int) (PER_SECOND * (WARM_UP_SECONDS + measured.toSeconds()));
        long[] called = new long[count + FOLLOWERS];
        long[] sealed = new long[count];
        try (BenchServer server = new BenchServer();
                BenchBroker broker = new BenchBroker();
                LogWriter writer = LogWriter.open(WriterSettings.of(server.appender()), step -> {});
                LogSignal signal = LogSignal.open(server.appender());
                LogReader reader = LogReader.open(ReaderSettings.of(server.appender()), signal);
                Door door = Door.of(
                        reader,
                        new Envelope("bench", new JsonEventCodec()),
                        server.saga(),
                        DoorSettings.of(broker.bootstrapServers()),
                        System::nanoTime);
                Archiver archiver = archiver(broker, directory)) {
            broker.create(ArchiverSettings.EVENTS_TOPIC, DoorSettings.PARTITIONS);
            door.start();
            archiver.start();
            LogEventStorageEngine engine = new LogEventStorageEngine(writer, reader, new JsonEventCodec());
            Thread caller = Thread.ofPlatform().start(() -> call(engine, called));
            watch(archiver, sealed);
            caller.join();
            out.println(server.check(called.length));
        }
        report(called, sealed);
        check(directory.resolve("archive"), called.length);
        BenchServer.delete(directory);
    }

    private static Archiver archiver(BenchBroker broker, Path directory) {
        return new Archiver(ArchiverSettings.of(
                broker.bootstrapServers(),
                directory.resolve("archive"),
                directory.resolve("state"),
                "audit.bench/log"));
    }

    private static void call(LogEventStorageEngine engine, long[] called) {
        long start = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < called.length; number++) {
                long due = start + number * (TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
                for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
                    LockSupport.parkNanos(rest);
                }
                called[number] = System.nanoTime();
                callers.execute(() -> engine.appendEvents(DoorLog.stream(1)));
            }
        }
    }

    private static void watch(Archiver archiver, long[] sealed) throws InterruptedException {
        long progress = System.nanoTime();
        for (int known = 0; known < sealed.length; ) {
            ArchiverStatus status = archiver.status();
            long now = System.nanoTime();
            for (; known < Math.min(sealed.length, status.sealedSize()); known++) {
                sealed[known] = now;
                progress = now;
            }
            if (now - progress > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "Expected " + sealed.length + " sealed entries, but got " + status + ".");
            }
            Thread.sleep(LOOK);
        }
    }

    private void report(long[] called, long[] sealed) {
        int warmUp = PER_SECOND * WARM_UP_SECONDS;
        long[] waited = new long[sealed.length - warmUp];
        Arrays.setAll(waited, entry -> sealed[warmUp + entry] - called[warmUp + entry]);
        Arrays.sort(waited);
        double p99 = seconds(waited, 0.99);
        out.printf(
                "%,d events/s, append call to locked seal: p50 %.3f s, p99 %.3f s, longest %.3f s (p99 wanted %.0f: %s)%n",
                PER_SECOND,
                seconds(waited, 0.5),
                p99,
                seconds(waited, 1),
                WANTED_P99_SECONDS,
                Ratios.met(p99 <= WANTED_P99_SECONDS));
    }

    private static double seconds(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile))] / 1e9;
    }

    private static void check(Path archive, int entries) throws IOException {
        VerificationReport report = ArchiveVerifier.verify(archive, Optional.empty());
        if (!report.isIntact() || report.entries() != entries) {
            throw new IllegalStateException(
                    "Expected an intact archive of " + entries + " entries, but it is " + report + ".");
        }
    }
}
