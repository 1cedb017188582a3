package aether.benchmarks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The one way in: {@code Benchmarks <name> [seconds per measurement]}; for door, seal, verify and export, how many
 * events; for tenants, how many and the rounds; for steady, how many and the minutes.
 */
public final class Benchmarks {

    private static final int DEFAULT_SECONDS = 5;

    /** Some seconds of the door's work. */
    private static final int DEFAULT_EVENTS = 200_000;

    private static final int DEFAULT_TENANTS = 100;
    private static final int TENANTS_ROUNDS = 3;
    private static final int STEADY_TENANTS = 1_000;
    private static final int STEADY_MINUTES = 10;

    private static final List<String> NAMES = List.of(
            "append",
            "writers",
            "latency",
            "replay",
            "commands",
            "door",
            "seal",
            "sealed",
            "verify",
            "export",
            "tenants",
            "steady");

    private Benchmarks() {}

    /** Runs one benchmark; names that are not listed are the other JVMs that benchmarks start. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("axoniq.update-checker.disabled", "true"); // Axon would ask its maker's server
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        String name = rest.isEmpty() ? "" : rest.removeFirst().toLowerCase(Locale.ROOT);
        switch (name) {
            case "append-worker" -> AppendWorker.run();
            case "latency-worker" -> LatencyWorker.run();
            case "append" -> new AppendBenchmark(System.out).run(seconds(rest));
            case "writers" -> new WritersBenchmark(System.out).run(seconds(rest));
            case "latency" -> new LatencyBenchmark(System.out).run(seconds(rest));
            case "replay" -> new ReplayBenchmark(System.out).run(seconds(rest));
            case "commands" -> new CommandsBenchmark(System.out).run(seconds(rest));
            case "door" -> new DoorBenchmark(System.out).run(events(rest));
            case "seal" -> new SealBenchmark(System.out).run(events(rest));
            case "sealed" -> new SealLatencyBenchmark(System.out).run(seconds(rest));
            case "verify" -> new VerifyBenchmark(System.out).run(events(rest));
            case "export" -> new ExportBenchmark(System.out).run(events(rest));
            case "tenants" ->
                new TenantsBenchmark(System.out).run(number(rest, DEFAULT_TENANTS), number(rest, TENANTS_ROUNDS));
            case "steady" ->
                new SteadyBenchmark(System.out).run(number(rest, STEADY_TENANTS), number(rest, STEADY_MINUTES));
            default -> {
                System.err.println("Expected one of " + NAMES + " and a number, but got " + Arrays.toString(arguments));
                System.exit(2);
            }
        }
    }

    private static Duration seconds(Deque<String> rest) {
        return Duration.ofSeconds(rest.isEmpty() ? DEFAULT_SECONDS : Integer.parseInt(rest.removeFirst()));
    }

    private static int number(Deque<String> rest, int otherwise) {
        return rest.isEmpty() ? otherwise : Integer.parseInt(rest.removeFirst());
    }

    private static int events(Deque<String> rest) {
        return rest.isEmpty() ? DEFAULT_EVENTS : Integer.parseInt(rest.removeFirst());
    }
}
