package aether.reconcile.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.Fault;
import aether.domain.kernel.DomainEvent;
import aether.domain.simulation.MemoryLog;
import aether.reconcile.Tenant;
import aether.reconcile.desired.DesiredWorld;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.loop.WorkOutcome;
import aether.reconcile.report.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TellingWorkerTest {

    private static final Hindrance AWAY = new Hindrance(Fault.INFRASTRUCTURE, "ApiAway", "nobody answers");
    private static final Hindrance BUSY = new Hindrance(Fault.INFRASTRUCTURE, "ApiBusy", "too many requests");
    private static final Duration TICK = Hindrance.SOON.dividedBy(4);

    private final MemoryLog log = new MemoryLog();
    private DesiredWorld desired = new DesiredWorld();
    private int folded;
    private final Map<String, Long> sequences = new HashMap<>();
    private Instant now = Instant.parse("2026-11-30T08:00:00Z");
    private Supplier<WorkOutcome> ends = () -> WorkOutcome.DONE;
    private boolean logAway;
    private boolean leaseLost;
    private TellingWorker<String> worker = start();

    private TellingWorker<String> start() {
        return new TellingWorker<>(
                key -> ends.get(),
                key -> Optional.of(new TellingWorker.Owner(Tenant.CLUSTER, key)),
                desired,
                tenant -> {
                    if (leaseLost) {
                        throw new OutsideFailure(OutsideFailure.Kind.LEASE_LOST, "another worker has the tenant");
                    }
                    return 1;
                },
                new Reports(
                        (id, command, causation) -> {
                            if (logAway) {
                                throw new OutsideFailure(OutsideFailure.Kind.AWAY, "the log is away");
                            }
                            return log.send(id, command);
                        },
                        tenant -> {}),
                () -> now);
    }

    @BeforeEach
    void request() {
        Tenant.commands(0).forEach(log::send);
        fold();
    }

    private void fold() {
        for (; folded < log.events().size(); folded++) {
            DomainEvent event = log.events().get(folded);
            var ignored = desired.fold(event, sequences.merge(event.stream(), 1L, Long::sum) - 1);
        }
    }

    private void restart() {
        desired = new DesiredWorld();
        folded = 0;
        sequences.clear();
        worker = start();
        fold();
    }

    private void look(WorkOutcome outcome) throws InterruptedException {
        ends = () -> outcome;
        assertThat(worker.work("control-plane")).isEqualTo(outcome);
        fold();
        now = now.plus(TICK);
    }

    private void lasting(Hindrance hindrance) throws InterruptedException {
        for (int looks = 0; looks < 6; looks++) {
            look(failed(hindrance));
        }
    }

    private static WorkOutcome failed(Hindrance... hindrances) {
        return new WorkOutcome.Failed("no", List.of(hindrances));
    }

    private List<String> told() {
        return log.events().stream()
                .filter(event -> event instanceof ClusterEvent.WorkStalled || event instanceof ClusterEvent.WorkResumed)
                .map(event -> event instanceof ClusterEvent.WorkStalled stalled
                        ? stalled.work() + " waits: " + stalled.reason()
                        : "it goes on")
                .toList();
    }

    @Test
    void whatIsOverBeforeThePatienceIsIsNotTold() throws InterruptedException {
        look(failed(AWAY));
        look(failed(AWAY));
        look(WorkOutcome.DONE);
        look(failed(AWAY));
        look(failed(AWAY));
        look(new WorkOutcome.RequeueAfter("on its way", Duration.ofSeconds(1)));

        assertThat(told()).isEmpty();
    }

    @Test
    void whatLastsIsToldOnceAndOnceWhenItIsOver() throws InterruptedException {
        lasting(AWAY);
        lasting(AWAY);
        assertThat(told()).containsExactly("control-plane waits: ApiAway");
        assertThat(((ClusterEvent.WorkStalled) log.events().getLast()).since())
                .as("when it was first seen, not when it was told")
                .isEqualTo(Instant.parse("2026-11-30T08:00:00Z"));

        look(WorkOutcome.UNWATCHED);
        look(WorkOutcome.DONE);
        assertThat(told()).containsExactly("control-plane waits: ApiAway", "it goes on");
    }

    @Test
    void aRestartTellsNothingTwice() throws InterruptedException {
        lasting(AWAY);
        restart();
        lasting(AWAY);
        assertThat(told()).hasSize(1);

        restart();
        look(WorkOutcome.DONE);
        assertThat(told()).containsExactly("control-plane waits: ApiAway", "it goes on");
    }

    @Test
    void anotherFaultIsToldWhenItLastsInItsTurn() throws InterruptedException {
        lasting(AWAY);
        look(failed(BUSY));
        assertThat(told()).hasSize(1);

        lasting(BUSY);
        assertThat(told()).containsExactly("control-plane waits: ApiAway", "control-plane waits: ApiBusy");
    }

    @Test
    void twoFaultsThatTakeTurnsAreNotToldAtEveryTurn() throws InterruptedException {
        lasting(AWAY);
        for (int turn = 0; turn < 20; turn++) {
            look(failed(BUSY));
            look(failed(AWAY));
        }

        assertThat(told()).hasSize(1);
    }

    @Test
    void ofSeveralTheFirstIsTold() throws InterruptedException {
        for (int looks = 0; looks < 6; looks++) {
            look(failed(BUSY, AWAY));
        }

        assertThat(told()).containsExactly("control-plane waits: ApiBusy");
    }

    @Test
    void whatIsThrownIsToldAndThrownOn() {
        OutsideFailure refused =
                new OutsideFailure(OutsideFailure.Kind.DENIED, Fault.OURS, "Invalid", "spec.ports is wrong");
        ends = () -> {
            throw refused;
        };
        for (int looks = 0; looks < 6; looks++) {
            assertThatThrownBy(() -> worker.work("addons")).isSameAs(refused);
            fold();
            now = now.plus(TICK);
        }

        assertThat(told()).containsExactly("addons waits: Invalid");
    }

    @Test
    void aLogThatIsAwayIsNoOtherFaultAndIsToldWhenItIsBack() throws InterruptedException {
        logAway = true;
        lasting(AWAY);
        assertThat(told()).isEmpty();

        logAway = false;
        look(failed(AWAY));
        assertThat(told()).containsExactly("control-plane waits: ApiAway");
    }

    @Test
    void whoeverHasTheTenantTells() throws InterruptedException {
        leaseLost = true;
        lasting(AWAY);

        assertThat(told()).isEmpty();
    }
}
