package aether.sandbox.kubernetes;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** One client's view of the changes, through its selection. A client that does not read is cut off, not waited for. */
public final class Watch implements AutoCloseable {
    /** More than a busy minute of the sandbox; a reader this far behind has gone. */
    private static final int PENDING_MAX = 50_000;

    private final LinkedBlockingQueue<Change> pending = new LinkedBlockingQueue<>();
    private final Predicate<ObjectKey> keys;
    private final Selection selection;
    private final Consumer<Watch> onClose;
    private volatile boolean closed;

    Watch(Predicate<ObjectKey> keys, Selection selection, Consumer<Watch> onClose) {
        this.keys = keys;
        this.selection = selection;
        this.onClose = onClose;
    }

    /** Called under the store's lock, in order. */
    void offer(Change change) {
        if (closed || !keys.test(change.key())) {
            return;
        }
        boolean before = change.kind() != Change.Kind.ADDED && includes(change.previous());
        boolean after = change.kind() != Change.Kind.DELETED && includes(change.object());
        if (!before && !after) {
            return;
        }
        if (pending.size() >= PENDING_MAX) {
            close();
            return;
        }
        Change.Kind seen = before ? (after ? Change.Kind.MODIFIED : Change.Kind.DELETED) : Change.Kind.ADDED;
        pending.add(new Change(change.version(), seen, change.key(), change.object(), change.previous()));
    }

    private boolean includes(JsonNode object) {
        return selection.includes(object);
    }

    /** The next change, or nothing within the time. */
    public Optional<Change> next(long time, TimeUnit unit) throws InterruptedException {
        return Optional.ofNullable(pending.poll(time, unit));
    }

    /** Whether no more changes will come. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.accept(this);
        }
    }
}
