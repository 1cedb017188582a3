package aether.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's own load program, doing the same single-row insert and commit on the same server. */
final class PgBench {

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) ");

    private static final String PAYLOAD = "x".repeat(150);

    private static final String METADATA = "x".repeat(58);

    private static final String SCRIPT = "insert into bench.events (position, sequence, recorded_micros, revision,"
            + " envelope_version, event_id, command_id, stream, type, payload, metadata) values"
            + " (nextval('bench.position'), 0, (extract(epoch from clock_timestamp()) * 1000000)::bigint, 1, 1,"
            + " gen_random_uuid(), gen_random_uuid(), 'thing-' || gen_random_uuid(), 'thing.happened', '"
            + PAYLOAD + "'::bytea, '" + METADATA + "'::bytea);";

    private final Path program;

    private final BenchServer server;

    private PgBench(Path program, BenchServer server) {
        this.program = program;
        this.server = server;
    }

    /** Empty where no pgbench is installed; then there is no ratio, and the report says so. */
    static Optional<PgBench> find(BenchServer server) throws IOException {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(directory, "pgbench");
            if (Files.isExecutable(candidate)) {
                return Optional.of(new PgBench(candidate, server));
            }
        }
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin/pgbench"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .map(path -> new PgBench(path, server));
        }
    }

    /** Single-row inserts per second, each its own commit, with so many clients. */
    double insertsPerSecond(int clients, Duration duration) throws IOException, InterruptedException {
        Path script = Files.createTempFile("insert", ".sql");
        try {
            Files.writeString(script, SCRIPT);
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            program.toString(),
                            "--no-vacuum",
                            "--protocol=prepared",
                            "--file=" + script,
                            "--client=" + clients,
                            "--jobs=" + Math.min(clients, Runtime.getRuntime().availableProcessors()),
                            "--time=" + duration.toSeconds(),
                            "--host=127.0.0.1",
                            "--port=" + server.port(),
                            "--username=" + server.owner().user(),
                            "postgres"))
                    .redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", server.owner().password());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher tps = TPS.matcher(output);
            if (process.waitFor() != 0 || !tps.find()) {
                throw new IOException("Expected pgbench to report its transactions, but it said: " + output);
            }
            return Double.parseDouble(tps.group(1));
        } finally {
            Files.delete(script);
        }
    }
}
