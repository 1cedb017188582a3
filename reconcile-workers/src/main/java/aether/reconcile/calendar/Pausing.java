package aether.reconcile.calendar;

import aether.domain.cluster.ClusterPause;
import aether.reconcile.loop.Plan;
import aether.reconcile.loop.Step;
import aether.reconcile.loop.WorkOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pause leaves of a plan. From the first change on every step waits, because what is said after it may be true
 * only because of it; drift is what was found before anything was done, so it is told.
 *
 * @param plan what may be done
 * @param untold the drift that the log does not know yet
 */
record Pausing<S extends Step>(Plan<S> plan, List<Step.Drift> untold) {
    Pausing {
        untold = List.copyOf(untold);
    }

    /**
     * Keeps back what a pause keeps back.
     *
     * @param subject what a drift without a subject is about
     */
    static <S extends Step> Pausing<S> of(ClusterPause pause, Plan<S> plan, String subject) {
        List<S> done = new ArrayList<>();
        List<Step.Drift> untold = new ArrayList<>();
        boolean holds = false;
        for (S step : plan.steps()) {
            holds |= step.isChange();
            if (step.drift().isPresent()) {
                Step.Drift drift = step.drift().get();
                String about = drift.subject().isEmpty() ? subject : drift.subject();
                if (!pause.isTold(about, drift.found())) {
                    untold.add(new Step.Drift(about, drift.found()));
                }
            } else if (!holds) {
                done.add(step);
            }
        }
        // The end of the pause is an event, which makes everybody look again.
        WorkOutcome held = WorkOutcome.hindered(WorkOutcome.DONE, plan.then().hindrances());
        return new Pausing<>(new Plan<>(done, holds ? held : plan.then()), untold);
    }
}
