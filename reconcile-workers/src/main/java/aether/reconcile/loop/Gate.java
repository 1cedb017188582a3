package aether.reconcile.loop;

/** What stands between planning and acting: it may keep steps back. */
@FunctionalInterface
public interface Gate<I> {

    /** What may be done of a plan now. */
    <S extends Step> Plan<S> through(I id, Plan<S> plan);

    /** Keeps nothing back. */
    static <I> Gate<I> open() {
        return new Gate<>() {
            @Override
            public <S extends Step> Plan<S> through(I id, Plan<S> plan) {
                return plan;
            }
        };
    }
}
