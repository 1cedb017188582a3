package aether.archive.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with many things, a few at a time, and ends when all that was begun has ended. */
final class ParallelCalls {

    /** Sixteen were as fast as a Ceph gateway on two cores went; a store is shared with others, so half of that. */
    static final int AT_A_TIME = 8;

    /** One thing at a time, on some thread. */
    @FunctionalInterface
    interface Deed<T> {
        void on(T thing) throws IOException;
    }

    /** Throws what the first failing thing in the list threw. */
    <T> void each(List<T> things, Deed<T> deed) throws IOException {
        try (ExecutorService workers = Executors.newFixedThreadPool(
                Math.clamp(things.size(), 1, AT_A_TIME), Thread.ofVirtual().factory())) {
            List<Future<?>> begun = new ArrayList<>();
            for (T thing : things) {
                begun.add(workers.submit(() -> {
                    deed.on(thing);
                    return null;
                }));
            }
            for (Future<?> each : begun) {
                await(each, workers);
            }
        }
    }

    private static void await(Future<?> each, ExecutorService workers) throws IOException {
        try {
            each.get();
        } catch (ExecutionException e) {
            workers.shutdownNow();
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException alarm) {
                throw alarm;
            }
            throw new IOException(cause == null ? e.getMessage() : cause.getMessage(), e);
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(
                    new java.io.InterruptedIOException("Expected to finish, but was interrupted."));
        }
    }
}
