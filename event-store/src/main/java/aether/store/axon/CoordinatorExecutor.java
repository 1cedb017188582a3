package aether.store.axon;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that coordinates a pooled streaming processor. When a segment's buffer of 1,024 events is full, Axon
 * looks again only after 100 ms, although the handler may have emptied it within a few: a replay then stands still most
 * of the time. This thread looks again after one.
 */
public class CoordinatorExecutor extends ScheduledThreadPoolExecutor {

    /** What Axon's {@code Coordinator} asks for when no segment has room, and for nothing else. */
    static final long NO_ROOM_MILLIS = 100;

    private static final long LOOK_AGAIN_MILLIS = 1;

    /** An executor whose thread carries the processor's name. */
    public CoordinatorExecutor(String processor) {
        super(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("Coordinator[" + processor + "]")
                        .factory());
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return super.schedule(command, unit.toMillis(delay) == NO_ROOM_MILLIS ? LOOK_AGAIN_MILLIS : delay, unit);
    }
}
