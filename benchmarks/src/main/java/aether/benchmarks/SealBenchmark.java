package aether.benchmarks;

import aether.archive.log.Ed25519Signer;
import aether.archive.log.EntryBundle;
import aether.archive.log.TilePath;
import aether.archive.read.DirectoryReader;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationLevel;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import aether.archive.verify.VerificationRequest.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A backlog of entries of 1 KiB into an archive on {@code worm-fs} (staged, locked, head set, signed, sealed,
 * published) over writing the very same bundles to the same disk, one fsync each and one of the directory per seal, in
 * turns.
 */
final class SealBenchmark {

    private static final int ROUNDS = 5;
    static final int ENTRY_BYTES = 1024;

    static final List<String> ORGANIZATIONS = List.of(
            "0190a000-0000-7000-8000-000000000001",
            "0190a000-0000-7000-8000-000000000002",
            "0190a000-0000-7000-8000-000000000003",
            "0190a000-0000-7000-8000-000000000004");

    /** What the intake hands over at most: its window. */
    private static final int ENTRIES_PER_SEAL = 16_384;

    private static final double WANTED_RATIO = 0.5;
    private static final double WANTED_RATE = 50_000;

    private final PrintStream out;

    SealBenchmark(PrintStream out) {
        this.out = out;
    }

    void run(int entries) throws IOException {
        if (entries < ENTRIES_PER_SEAL) {
            throw new IllegalArgumentException(
                    "Expected at least " + ENTRIES_PER_SEAL + " entries, but got " + entries + ".");
        }
        Ratios ratios = new Ratios();
        Ratios rates = new Ratios();
        Path directory = Files.createTempDirectory("aether-seal");
        try {
            for (int round = 0; round <= ROUNDS; round++) {
                Path archive = directory.resolve("archive-" + round);
                double sealed = entries / seal(archive, entries);
                double written = entries / write(directory.resolve("bundles-" + round), entries);
                check(archive, entries);
                String name = round == 0 ? "warm-up" : "round " + round;
                out.printf(
                        Locale.ROOT,
                        "%s: sealed %,.0f entries/s, bundles alone %,.0f, ratio %.2f%n",
                        name,
                        sealed,
                        written,
                        sealed / written);
                if (round > 0) {
                    ratios.add(sealed / written);
                    rates.add(sealed);
                }
            }
        } finally {
            delete(directory); // only now: ext4 is slow to give out inodes that were freed a moment ago
        }
        out.println(ratios.verdict("sealing over writing the bundles", WANTED_RATIO));
        out.println(rates.verdict("entries sealed per second", WANTED_RATE));
    }

    /** Makes an archive of so many entries of 1 KiB; answers the seconds it took. */
    static double seal(Path archive, int entries) throws IOException {
        try (FileHeadStore heads = FileHeadStore.open(archive.resolveSibling(archive.getFileName() + ".head"))) {
            ArchiveStores stores = new ArchiveStores(new WormFileStore(archive), new LiveFileStore(archive), heads);
            Ed25519Signer signer = Ed25519Signer.fromSeed("audit.bench/log", new byte[32]);
            Sealer sealer = Sealer.open(stores, signer, SealSettings.DEFAULTS, InstantSource.system());
            double seconds = 0;
            for (int from = 0; from < entries; from += ENTRIES_PER_SEAL) {
                List<byte[]> next = entries(from, Math.min(entries, from + ENTRIES_PER_SEAL));
                long start = System.nanoTime();
                sealer.append(next);
                sealer.seal(KafkaOffsets.NONE);
                seconds += (System.nanoTime() - start) / 1e9;
            }
            return seconds;
        }
    }

    private static double write(Path directory, int entries) throws IOException {
        Files.createDirectories(directory);
        double seconds = 0;
        for (int from = 0; from < entries; from += ENTRIES_PER_SEAL) {
            List<byte[]> next = entries(from, Math.min(entries, from + ENTRIES_PER_SEAL));
            long start = System.nanoTime();
            for (int bundle = 0; bundle < next.size(); bundle += TilePath.FULL) {
                int end = Math.min(next.size(), bundle + TilePath.FULL);
                byte[] bytes = EntryBundle.encode(next.subList(bundle, end));
                try (FileChannel file = FileChannel.open(
                        directory.resolve(Integer.toString(from + bundle)),
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                    file.write(ByteBuffer.wrap(bytes));
                    file.force(true);
                }
            }
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
            seconds += (System.nanoTime() - start) / 1e9;
        }
        return seconds;
    }

    /** Entries of four organizations, as the envelope has them, with as much data as is missing to their length. */
    private static List<byte[]> entries(int from, int to) {
        List<byte[]> entries = new ArrayList<>();
        for (int position = from; position < to; position++) {
            String head = String.format(
                    Locale.ROOT,
                    "{\"authid\":\"bench\",\"authtype\":\"worker\",\"data\":{\"n\":%d},\"id\":\"e%d\",\"organization\":\"%s\","
                            + "\"recordedtime\":\"2026-11-27T00:00:00Z\",\"sequence\":\"%020d\",\"source\":\"/aether/bench\","
                            + "\"specversion\":\"1.0\",\"streamsequence\":\"%020d\",\"subject\":\"bench\","
                            + "\"time\":\"2026-11-27T00:00:00Z\",\"type\":\"bench.sealed.v1\",\"x\":\"",
                    position,
                    position,
                    ORGANIZATIONS.get(position % ORGANIZATIONS.size()),
                    position,
                    position);
            entries.add((head + "x".repeat(ENTRY_BYTES - head.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8));
        }
        return entries;
    }

    private static void check(Path archive, int entries) throws IOException {
        VerificationReport report = ArchiveVerifier.verify(
                DirectoryReader.open(archive),
                new VerificationRequest(VerificationLevel.LOCKS, null, List.of(), 2, Progress.SILENT));
        if (!report.isIntact() || report.entries() != entries) {
            throw new IllegalStateException(
                    "Expected an intact archive of " + entries + " entries, but it is " + report + ".");
        }
    }

    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
