package aether.command.dispatch;

import aether.store.log.AppendOutcome;
import org.jspecify.annotations.Nullable;

/** Where the events of the command that this thread is carrying came to lie. */
public final class Appends {

    @SuppressWarnings("ThreadLocalUsage") // there is one instance, and tests want to have more
    private final ThreadLocal<AppendOutcome.@Nullable Appended> last = new ThreadLocal<>();

    /** For the storage engine: called on the command's thread, once the events are flushed. */
    public void stored(AppendOutcome.Appended appended) {
        last.set(appended);
    }

    AppendOutcome.@Nullable Appended take() {
        AppendOutcome.@Nullable Appended appended = last.get();
        last.remove();
        return appended;
    }
}
