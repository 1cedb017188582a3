package aether.command.manifest;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterPause;
import aether.domain.cluster.ClusterState;
import java.time.Instant;
import java.util.Optional;

/**
 * What a document says of when its cluster may be changed, as commands. What lets other changes of the document begin
 * comes before them, what keeps them back after them; what is left out is left as it is, for it may have been said by
 * REST.
 */
final class CalendarPlan {

    private CalendarPlan() {}

    /** Other windows. */
    static Optional<ClusterCommand> windows(Document.Cluster document, ClusterId id, ClusterState state, Instant now) {
        return Optional.ofNullable(document.windows())
                .filter(wanted -> !wanted.equals(state.maintenance().windows()))
                .map(wanted -> new ClusterCommand.SetMaintenanceWindows(id, now, wanted));
    }

    /** The end of a pause. */
    static Optional<ClusterCommand> resume(Document.Cluster document, ClusterId id, ClusterState state) {
        LifeForm.Pause wanted = document.pause();
        return wanted != null && wanted.until() == null && state.pause() != null
                ? Optional.of(new ClusterCommand.ResumeCluster(id))
                : Optional.empty();
    }

    /**
     * A pause that is not over. Through custom resources it waits for the cluster to serve, where somebody who applies
     * a manifest is told that it does not.
     */
    static Optional<ClusterCommand> pause(
            Document.Cluster document, ClusterId id, ClusterState state, Channel channel, Instant now) {
        LifeForm.Pause wanted = document.pause();
        if (wanted == null) {
            return Optional.empty();
        }
        Instant until = wanted.until();
        if (until == null || !until.isAfter(now) || (channel == Channel.KUBERNETES && !serves(state))) {
            return Optional.empty();
        }
        ClusterPause running = state.pause();
        ClusterEvent.ClusterPaused event =
                new ClusterEvent.ClusterPaused(id, until, wanted.reason(), wanted.reference());
        return running != null && running.asked().equals(event)
                ? Optional.empty()
                : Optional.of(new ClusterCommand.PauseCluster(id, now, until, wanted.reason(), wanted.reference()));
    }

    private static boolean serves(ClusterState state) {
        return switch (state.status()) {
            case RUNNING, UPGRADING, DEGRADED -> true;
            case PROVISIONING, HIBERNATING, HIBERNATED, WAKING, DELETING, FAILED, DELETED -> false;
        };
    }
}
