package aether.reconcile.loop;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * One subject's way from wanting to having: observe, plan, act. The observer takes no action, the planner touches
 * nothing, and the actor decides nothing.
 *
 * @param <I> the id of what is worked on
 * @param <D> what is wanted
 * @param <O> what was observed
 * @param <S> the steps
 */
public final class Reconciler<I, D, O, S extends Step> implements Worker<I> {

    /** Does one step. */
    @FunctionalInterface
    public interface Actor<D, S> {
        /** Does it, or throws; doing it again must be harmless. */
        void act(D desired, S step);
    }

    private final Function<I, Optional<D>> desired;
    private final Function<D, O> observer;
    private final Function<D, O> certain;
    private final BiPredicate<D, Plan<S>> needsCertainty;
    private final BiFunction<D, O, Plan<S>> planner;
    private final Actor<D, S> actor;
    private final Gate<I> gate;

    /**
     * A subject.
     *
     * @param desired what is wanted for an id; empty when nothing is
     * @param gate what may keep steps back
     */
    public Reconciler(
            Function<I, Optional<D>> desired,
            Function<D, O> observer,
            BiFunction<D, O, Plan<S>> planner,
            Gate<I> gate,
            Actor<D, S> actor) {
        this(desired, observer, observer, (wanted, plan) -> false, planner, gate, actor);
    }

    /**
     * A subject whose observer may be a moment late.
     *
     * @param certain looks at the world itself
     * @param needsCertainty whether a plan is only carried out when the world itself says the same; one without steps
     *     needs none, because the watch that is late will come
     */
    public Reconciler(
            Function<I, Optional<D>> desired,
            Function<D, O> observer,
            Function<D, O> certain,
            BiPredicate<D, Plan<S>> needsCertainty,
            BiFunction<D, O, Plan<S>> planner,
            Gate<I> gate,
            Actor<D, S> actor) {
        this.desired = desired;
        this.observer = observer;
        this.certain = certain;
        this.needsCertainty = needsCertainty;
        this.planner = planner;
        this.gate = gate;
        this.actor = actor;
    }

    @Override
    public WorkOutcome work(I id) {
        Optional<D> wanted = desired.apply(id);
        if (wanted.isEmpty()) {
            return WorkOutcome.DONE;
        }
        Plan<S> plan = planner.apply(wanted.get(), observer.apply(wanted.get()));
        boolean acts = !plan.steps().isEmpty() || plan.then() instanceof WorkOutcome.Failed;
        if (acts && needsCertainty.test(wanted.get(), plan)) {
            plan = planner.apply(wanted.get(), certain.apply(wanted.get()));
        }
        plan = gate.through(id, plan);
        for (S step : plan.steps()) {
            actor.act(wanted.get(), step);
        }
        return plan.then();
    }
}
