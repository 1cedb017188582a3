package aether.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Callers on virtual threads, each waiting for its answer before the next call: so many are in flight. */
final class Load {

    /** Samples kept per caller; beyond it only the count goes on. */
    private static final int MAX_SAMPLES = 200_000;

    private Load() {}

    /** What a caller does; {@code number} counts its calls. */
    @FunctionalInterface
    interface Call {
        void call(int caller, int number) throws Exception;
    }

    /**
     * What came of it.
     *
     * @param nanos sorted latencies
     */
    @SuppressWarnings("ArrayRecordComponent") // samples, never compared
    record Result(long calls, double seconds, long[] nanos) {

        double perSecond() {
            return calls / seconds;
        }

        double millis(double quantile) {
            return nanos.length == 0
                    ? 0
                    : nanos[(int) Math.min(nanos.length - 1L, (long) (nanos.length * quantile))] / 1e6;
        }
    }

    static Result run(int inFlight, Duration duration, Call call) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        List<Future<Samples>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < inFlight; caller++) {
                int number = caller;
                callers.add(threads.submit(() -> samples(number, end, call)));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long calls = 0;
        List<long[]> all = new ArrayList<>();
        for (Future<Samples> caller : callers) {
            Samples samples = caller.get();
            calls += samples.calls;
            all.add(Arrays.copyOf(samples.nanos, (int) Math.min(samples.calls, MAX_SAMPLES)));
        }
        long[] nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Result(calls, seconds, nanos);
    }

    private static Samples samples(int caller, long end, Call call) throws Exception {
        Samples samples = new Samples();
        for (long before = System.nanoTime(); before < end; before = System.nanoTime()) {
            call.call(caller, (int) samples.calls);
            samples.add(System.nanoTime() - before);
        }
        return samples;
    }

    private static final class Samples {

        private long[] nanos = new long[1_024];
        private long calls;

        void add(long value) {
            if (calls < MAX_SAMPLES) {
                if (calls == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * nanos.length);
                }
                nanos[(int) calls] = value;
            }
            calls++;
        }
    }
}
