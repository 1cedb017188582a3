package aether.reconcile.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterPause;
import aether.domain.cluster.PauseReason;
import aether.domain.samples.Samples;
import aether.reconcile.loop.Plan;
import aether.reconcile.loop.Step;
import aether.reconcile.loop.WorkOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PausingTest {

    private record Some(String name, boolean isChange, Optional<Drift> drift) implements Step {}

    private static final Some FACT = new Some("fact", false, Optional.empty());
    private static final Some CHANGE = new Some("change", true, Optional.empty());
    private static final Some LATER_FACT = new Some("true only after the change", false, Optional.empty());
    private static final Some DRIFT = new Some("drift", false, Optional.of(new Step.Drift("Service/a", "gone")));
    private static final Some NAMELESS = new Some("drift", false, Optional.of(new Step.Drift("", "stopped")));

    private static final ClusterPause PAUSE = new ClusterPause(
            new ClusterEvent.ClusterPaused(Samples.CLUSTER, Instant.EPOCH, PauseReason.OTHER, ""), Map.of());

    @Test
    void fromTheFirstChangeOnOnlyDriftIsTold() {
        Pausing<Some> pausing = Pausing.of(
                PAUSE, Plan.andLookAgain(List.of(FACT, CHANGE, DRIFT, LATER_FACT, NAMELESS), "soon"), "Machine/m");

        assertThat(pausing.plan()).isEqualTo(new Plan<>(List.of(FACT), WorkOutcome.DONE));
        assertThat(pausing.untold())
                .containsExactly(new Step.Drift("Service/a", "gone"), new Step.Drift("Machine/m", "stopped"));
    }

    @Test
    void aPlanWithoutAChangeIsLeftAsItIs() {
        Plan<Some> facts = Plan.andLookAgain(List.of(FACT, LATER_FACT), "soon");

        assertThat(Pausing.of(PAUSE, facts, "").plan()).isEqualTo(facts);
    }

    @Test
    void whatTheLogKnowsIsNotToldAgain() {
        ClusterPause told = new ClusterPause(PAUSE.asked(), Map.of("Service/a", "gone"));

        assertThat(Pausing.of(told, Plan.of(List.of(CHANGE, DRIFT)), "").untold())
                .isEmpty();
    }
}
