package aether.archive.verify;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works on several threads and hands over the results in order; only a few of them ever wait. */
final class InOrder implements AutoCloseable {

    /** So many results per thread may be ready before their turn: a bundle each, so a few MiB. */
    private static final int AHEAD = 4;

    private final ExecutorService workers;
    private final int window;

    InOrder(int threads) {
        this.workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("verify-", 0).daemon().factory());
        this.window = threads * AHEAD;
    }

    @FunctionalInterface
    interface Work<T, R> {
        R on(T input) throws IOException;
    }

    @FunctionalInterface
    interface Taker<R> {
        /** Takes the next result and says whether to go on. */
        boolean take(R result) throws IOException;
    }

    <T, R> void each(Iterator<T> inputs, Work<T, R> work, Taker<R> taker) throws IOException {
        Deque<Future<R>> waiting = new ArrayDeque<>();
        try {
            boolean goOn = true;
            while (goOn && (inputs.hasNext() || !waiting.isEmpty())) {
                while (inputs.hasNext() && waiting.size() < window) {
                    T input = inputs.next();
                    waiting.add(workers.submit(() -> work.on(input)));
                }
                goOn = taker.take(result(waiting.removeFirst()));
            }
        } finally {
            waiting.forEach(rest -> rest.cancel(true));
        }
    }

    private static <R> R result(Future<R> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while verifying.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("Expected a check to end, but it failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
