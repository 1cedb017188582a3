package aether.archive.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/** Does the same with many things, a few at a time, and ends when all that was begun has ended. */
public final class ParallelCalls implements AutoCloseable {

    private final ExecutorService workers;

    /**
     * Threads for it, made as they are needed.
     *
     * @param atATime how many things are begun before one of them has ended
     * @param threads what they run on
     */
    public ParallelCalls(int atATime, ThreadFactory threads) {
        this.workers = Executors.newFixedThreadPool(atATime, threads);
    }

    /** One thing at a time, on some thread. */
    @FunctionalInterface
    public interface Deed<T> {
        /** Does it with the thing. */
        void on(T thing) throws IOException;
    }

    /** Throws what the first failing thing in the list threw; then nothing more can be begun. */
    public <T> void each(List<T> things, Deed<T> deed) throws IOException {
        if (things.size() == 1) {
            deed.on(things.getFirst());
            return;
        }
        List<Future<?>> begun = new ArrayList<>();
        for (T thing : things) {
            begun.add(workers.submit(() -> {
                deed.on(thing);
                return null;
            }));
        }
        for (Future<?> each : begun) {
            await(each);
        }
    }

    private void await(Future<?> each) throws IOException {
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
            throw new InterruptedIOException("Expected to finish, but was interrupted.");
        }
    }

    /** Waits for what was begun. */
    @Override
    public void close() {
        workers.close();
    }
}
