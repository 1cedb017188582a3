package aether.domain.cluster;

import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.privacy.SubjectDecider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides when work begins that disturbs a cluster; whether it may begin at all is decided where it always is. */
public final class MaintenanceDecider {

    private MaintenanceDecider() {}

    /** What waits goes on waiting, for the new windows. */
    static Decision<ClusterRejection> set(ClusterState state, ClusterCommand.SetMaintenanceWindows set) {
        boolean fit = set.windows().size() <= MaintenanceWindow.MAX
                && set.windows().stream().allMatch(MaintenanceWindow::fits);
        if (!fit) {
            return Decision.refuse(new ClusterRejection.InvalidMaintenanceWindows());
        }
        if (set.windows().equals(state.maintenance().windows())) {
            return Decision.unchanged();
        }
        if (ClusterDecider.isLeaving(state)) {
            return Decision.refuse(new ClusterRejection.WrongStatus("not being taken down", state.status()));
        }
        List<DomainEvent> events = new ArrayList<>();
        events.add(new ClusterEvent.MaintenanceWindowsSet(set.clusterId(), set.windows()));
        Maintenance next = state.maintenance().within(set.windows());
        state.maintenance().planned().values().stream()
                .sorted(Comparator.comparing(ClusterEvent.WorkPlanned::work))
                .map(planned -> new ClusterEvent.WorkPlanned(
                        planned.clusterId(), planned.work(), planned.target(), next.opens(set.asked())))
                .forEach(events::add);
        return new Decision.Accepted<>(events);
    }

    static Decision<ClusterRejection> ask(ClusterState state, ClusterCommand.AskForWork ask) {
        Decision<ClusterRejection> begun =
                ClusterDecider.decide(state, ask.work().command(ask.clusterId(), ask.target()));
        boolean begins = begun instanceof Decision.Accepted<ClusterRejection> accepted
                && !accepted.events().isEmpty()
                && state.upgrade() == null; // what goes back from an upgrade does not wait
        if (!begins || state.maintenance().isOpen(ask.asked())) {
            return begun;
        }
        ClusterEvent.WorkPlanned planned = new ClusterEvent.WorkPlanned(
                ask.clusterId(), ask.work(), ask.target(), state.maintenance().opens(ask.asked()));
        return planned.equals(state.maintenance().planned().get(ask.work()))
                ? Decision.unchanged()
                : Decision.accept(planned);
    }

    /** The reason stands before what it is the reason for. */
    static Decision<ClusterRejection> now(ClusterState state, ClusterCommand.DoWorkNow now) {
        if (!SubjectDecider.isReferenceOrNothing(now.reference())) {
            return Decision.refuse(
                    new ClusterRejection.InvalidReference(now.reference().length()));
        }
        Decision<ClusterRejection> begun =
                ClusterDecider.decide(state, now.work().command(now.clusterId(), now.target()));
        if (!(begun instanceof Decision.Accepted<ClusterRejection> accepted)
                || accepted.events().isEmpty()) {
            return begun;
        }
        List<DomainEvent> events = new ArrayList<>();
        events.add(new ClusterEvent.WindowPassedBy(
                now.clusterId(), now.work(), now.target(), now.reason(), now.reference()));
        events.addAll(accepted.events());
        return new Decision.Accepted<>(events);
    }

    static Decision<ClusterRejection> drop(ClusterState state, ClusterCommand.DropPlannedWork drop) {
        ClusterEvent.WorkPlanned planned = state.maintenance().planned().get(drop.work());
        return planned == null
                ? Decision.unchanged()
                : Decision.accept(
                        new ClusterEvent.PlannedWorkDropped(drop.clusterId(), planned.work(), planned.target(), ""));
    }

    /**
     * Whether something that waits has to be looked at: its window is open and it may begin, or the window has passed
     * while it could not.
     */
    public static boolean isDue(ClusterState state, ClusterEvent.WorkPlanned planned, Instant now) {
        if (now.isBefore(planned.opens())) {
            return false;
        }
        boolean begins = state.status() == ClusterStatus.RUNNING
                && state.pause() == null
                && state.authorities().rotating().isEmpty();
        return begins || !state.maintenance().isOpen(now);
    }

    /** What is refused now would be refused in the next window too: it is dropped, and the reason is told. */
    static Decision<ClusterRejection> begin(ClusterState state, ClusterCommand.BeginPlannedWork begin) {
        ClusterEvent.WorkPlanned planned = state.maintenance().planned().get(begin.work());
        if (planned == null || !isDue(state, planned, begin.at())) {
            return Decision.unchanged();
        }
        if (!state.maintenance().isOpen(begin.at())) {
            return Decision.accept(new ClusterEvent.WorkPlanned(
                    planned.clusterId(),
                    planned.work(),
                    planned.target(),
                    state.maintenance().opens(begin.at())));
        }
        Decision<ClusterRejection> begun =
                ClusterDecider.decide(state, planned.work().command(planned.clusterId(), planned.target()));
        return switch (begun) {
            case Decision.Refused<ClusterRejection> refused ->
                Decision.accept(new ClusterEvent.PlannedWorkDropped(
                        planned.clusterId(),
                        planned.work(),
                        planned.target(),
                        refused.rejection().message()));
            case Decision.Accepted<ClusterRejection> accepted ->
                accepted.events().isEmpty()
                        ? Decision.accept(new ClusterEvent.PlannedWorkDropped(
                                planned.clusterId(), planned.work(), planned.target(), "It is done already."))
                        : begun;
        };
    }
}
