package aether.reconcile.calendar;

import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterPause;
import aether.domain.cluster.ClusterState;
import aether.reconcile.desired.Known;
import java.util.Optional;

/**
 * What of a cluster waits for a time.
 *
 * @param pause the pause that has to end
 * @param basis the last event of the cluster's stream that is known
 */
record DesiredCalendar(ClusterId clusterId, ClusterPause pause, long basis) {

    /** What the log says; empty while nothing waits. */
    static Optional<DesiredCalendar> of(Known<ClusterState> known) {
        var request = known.state().request();
        ClusterPause pause = known.state().pause();
        return request == null || pause == null
                ? Optional.empty()
                : Optional.of(new DesiredCalendar(request.clusterId(), pause, known.sequence()));
    }
}
