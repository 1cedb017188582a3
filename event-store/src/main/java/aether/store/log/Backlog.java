package aether.store.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Forms batches: at most one command per stream and per command id, bounded in events and bytes. What does not fit
 * waits for the next batch, before everything that came later. Used by the writer thread alone.
 */
final class Backlog {

    private final BlockingQueue<Pending> queue;

    private final int maxEvents;

    private final long maxBytes;

    private final Deque<Pending> deferred = new ArrayDeque<>();

    Backlog(BlockingQueue<Pending> queue, int maxEvents, long maxBytes) {
        this.queue = queue;
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** The next batch; empty when nothing came within the wait. */
    List<Pending> next(long waitMillis) throws InterruptedException {
        if (deferred.isEmpty()) {
            Pending first = queue.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (first == null) {
                return List.of();
            }
            deferred.add(first);
        }
        // A command has at least one event, so more commands than this could not fit.
        queue.drainTo(deferred, Math.max(0, maxEvents - deferred.size()));
        return choose();
    }

    boolean isEmpty() {
        return deferred.isEmpty() && queue.isEmpty();
    }

    /** Answers every waiting command that is past its deadline, or all of them. */
    void refuse(boolean all, String reason, @Nullable Throwable cause) {
        long now = System.nanoTime();
        deferred.removeIf(pending -> refused(pending, all, now, reason, cause));
        queue.removeIf(pending -> refused(pending, all, now, reason, cause));
    }

    private static boolean refused(Pending pending, boolean all, long now, String reason, @Nullable Throwable cause) {
        if (!all && !pending.expired(now)) {
            return false;
        }
        if (pending.take()) {
            pending.giveUp(reason, cause);
        }
        return true;
    }

    private List<Pending> choose() {
        List<Pending> batch = new ArrayList<>();
        List<Pending> later = new ArrayList<>();
        Set<String> streams = new HashSet<>();
        Set<UUID> commands = new HashSet<>();
        int events = 0;
        long bytes = 0;
        for (Pending pending : deferred) {
            AppendCommand command = pending.command;
            boolean fits = batch.isEmpty()
                    || (events + command.events().size() <= maxEvents && bytes + pending.bytes <= maxBytes);
            // Marks the streams of those that wait as well, so that nobody overtakes them there.
            boolean free = true;
            for (String stream : pending.streams) {
                free &= streams.add(stream);
            }
            if (command.commandId() != null) {
                free &= commands.add(command.commandId());
            }
            if (!fits || !free) {
                later.add(pending);
            } else if (pending.take()) {
                batch.add(pending);
                events += command.events().size();
                bytes += pending.bytes;
            }
        }
        deferred.clear();
        deferred.addAll(later);
        return batch;
    }
}
