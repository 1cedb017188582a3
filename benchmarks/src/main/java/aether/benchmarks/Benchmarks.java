package aether.benchmarks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The one way in: {@code Benchmarks <name> [seconds per measurement]}. */
public final class Benchmarks {

    private static final int DEFAULT_SECONDS = 5;

    private static final List<String> NAMES = List.of("append", "writers", "latency", "replay", "commands");

    private Benchmarks() {}

    /** Runs one benchmark; names that are not listed are the helper processes that benchmarks start. */
    public static void main(String[] arguments) throws Exception {
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
            default -> {
                System.err.println(
                        "Expected one of " + NAMES + " and a number of seconds, but got " + Arrays.toString(arguments));
                System.exit(2);
            }
        }
    }

    private static Duration seconds(Deque<String> rest) {
        return Duration.ofSeconds(rest.isEmpty() ? DEFAULT_SECONDS : Integer.parseInt(rest.removeFirst()));
    }
}
