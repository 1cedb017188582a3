package aether.command.gateway;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterPause;
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
