package aether.command.gateway;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterPause;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.Maintenance;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What conditions say of what waits for a time. */
final class Waiting {

    private Waiting() {}

    /** Two things may wait: what the spec says, by annotation, and all that workers would do, by a command. */
    static void paused(Conditions conditions, CustomResource resource, @Nullable ClusterPause pause) {
        String spec = resource.isPaused() ? "Changes of the spec wait." : "Changes of the spec are carried out.";
        if (pause == null) {
            conditions.add(
                    "Paused", resource.isPaused(), resource.isPaused() ? "PausedByAnnotation" : "NotPaused", spec);
            return;
        }
        int drifted = pause.drift().size();
        conditions.add(
                "Paused",
                true,
                "PausedUntil",
                "Nothing of the cluster is changed " + pause.sentence() + "."
                        + (drifted == 0 ? "" : " Left as they are, for they have drifted: " + drifted + ".")
                        + " " + spec);
    }

    /** Only for who has slept, or was to. */
    static void hibernated(Conditions conditions, ClusterState state) {
        ClusterHibernation hibernation = state.hibernation();
        if (hibernation.number() == 0) {
            return;
        }
        boolean asleep = state.status() == ClusterStatus.HIBERNATED;
        boolean obstructed = !hibernation.obstacle().isEmpty();
        String phase = hibernation.phase().published().replace('_', ' ');
        conditions.add(
                "Hibernated",
                asleep,
                asleep ? "Asleep" : obstructed ? "Obstructed" : hibernation.isUnderWay() ? "OnItsWay" : "Awake",
                asleep
                        ? "Nothing of the cluster runs; data, certificates, keys and addresses are kept."
                        : obstructed
                                ? "It was not put to sleep: " + hibernation.obstacle() + "."
                                : hibernation.isUnderWay() ? "It is on its way: " + phase + "." : "It does not sleep.");
    }

    /** Only while something waits: windows alone are no news. */
    static void planned(Conditions conditions, Maintenance maintenance) {
        if (!maintenance.planned().isEmpty()) {
            conditions.add(
                    "WorkPlanned",
                    true,
                    "WaitingForTheWindow",
                    maintenance.planned().values().stream()
                            .sorted(Comparator.comparing(ClusterEvent.WorkPlanned::work))
                            .map(work -> work.sentence() + ".")
                            .collect(Collectors.joining(" ")));
        }
    }
}
