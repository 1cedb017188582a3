package aether.projection.live;

import aether.projection.database.ViewStore;
import aether.projection.http.QueryRefused;
import aether.projection.position.IntakeMonitor;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** All open streams; each has a thread of its own, which costs next to nothing while it waits. */
public final class Streams implements AutoCloseable {

    /** Each may hold a buffer and a connection; more listeners than this belong on more processes. */
    private static final int MOST = 500;

    /** The stream itself says when it is over. */
    private static final long NO_TIMEOUT = 0L;

    private final ViewStore store;
    private final LiveTail tail;
    private final LongSupplier nanoTime;
    private final Semaphore free = new Semaphore(MOST);

    public Streams(ViewStore store, IntakeMonitor monitor, LongSupplier nanoTime) {
        this.store = store;
        this.tail = new LiveTail(store, monitor);
        this.nanoTime = nanoTime;
    }

    /** Begins to follow the views. */
    public void start() {
        tail.start();
    }

    /**
     * Opens a stream of what concerns the subject after a position.
     *
     * @throws QueryRefused when there are too many
     */
    SseEmitter open(Subject subject, long after) {
        if (tail.isStopping() || !free.tryAcquire()) {
            throw QueryRefused.notNow(
                    "too_many_streams", "Expected at most %d streams, but there are as many.".formatted(MOST));
        }
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        EventStream stream = new EventStream(store, tail, subject, new SseSink(emitter), nanoTime, after);
        Thread.ofVirtual().name("projections-stream").start(() -> {
            try {
                stream.run();
            } finally {
                free.release();
            }
        });
        return emitter;
    }

    /** How many listeners are connected and have caught up. */
    public int listeners() {
        return tail.listeners();
    }

    /** Tells every listener that this process ends. */
    @Override
    public void close() {
        tail.close();
    }
}
