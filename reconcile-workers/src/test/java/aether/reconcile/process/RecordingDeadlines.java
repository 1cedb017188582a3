package aether.reconcile.process;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.Registration;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/** Keeps deadlines that were set in a unit of work that was committed. */
final class RecordingDeadlines implements DeadlineManager {

    /** One deadline. */
    record Set(String name, ProcessDeadline payload, ScopeDescriptor scope) {}

    private final List<Set> deadlines = new ArrayList<>();

    /** Every deadline ever set, the newest last. */
    List<Set> all() {
        return List.copyOf(deadlines);
    }

    @Override
    public String schedule(Instant at, String name, @Nullable Object payload, ScopeDescriptor scope) {
        Set set = new Set(name, (ProcessDeadline) java.util.Objects.requireNonNull(payload), scope);
        CurrentUnitOfWork.get().onPrepareCommit(unused -> deadlines.add(set));
        return name;
    }

    @Override
    public Registration registerDispatchInterceptor(
            MessageDispatchInterceptor<? super DeadlineMessage<?>> interceptor) {
        throw new UnsupportedOperationException("nobody intercepts");
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super DeadlineMessage<?>> interceptor) {
        throw new UnsupportedOperationException("nobody intercepts");
    }

    @Override
    public void cancelSchedule(String name, String id) {
        throw new UnsupportedOperationException("late deadlines are ignored, not cancelled");
    }

    @Override
    public void cancelAll(String name) {
        throw new UnsupportedOperationException("late deadlines are ignored, not cancelled");
    }

    @Override
    public void cancelAllWithinScope(String name, ScopeDescriptor scope) {
        throw new UnsupportedOperationException("late deadlines are ignored, not cancelled");
    }
}
