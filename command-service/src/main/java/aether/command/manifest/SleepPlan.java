package aether.command.manifest;

import aether.command.request.Detail;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.HibernationReason;
import java.util.Optional;

/**
 * What {@code hibernated} of a document leads to. Through custom resources it is looked at again and again: what cannot
 * be yet is waited for there, and what was obstructed is not tried for ever.
 *
 * @param command what to send; empty when there is nothing to do
 * @param refused why nothing is done, though something would have to be
 */
record SleepPlan(Optional<ClusterCommand> command, Optional<Detail> refused) {

    private static final String FIELD = "spec.hibernated";

    private static final SleepPlan NOTHING = new SleepPlan(Optional.empty(), Optional.empty());

    static SleepPlan of(Document.Cluster document, ClusterId id, ClusterState state, Channel channel) {
        Boolean wanted = document.hibernated();
        if (wanted == null) {
            return NOTHING;
        }
        boolean asleep = state.status() == ClusterStatus.HIBERNATING || state.status() == ClusterStatus.HIBERNATED;
        String obstacle = state.hibernation().obstacle();
        if (!wanted) {
            return asleep || !obstacle.isEmpty() ? sending(new ClusterCommand.WakeCluster(id)) : NOTHING;
        }
        boolean again = channel == Channel.KUBERNETES;
        if (asleep || (again && isOnItsWay(state.status()))) {
            return NOTHING;
        }
        if (again && !obstacle.isEmpty()) {
            return new SleepPlan(
                    Optional.empty(),
                    Optional.of(new Detail(
                            document.path(FIELD),
                            "hibernation_obstructed",
                            "Expected nothing in the way of a hibernation, but " + obstacle
                                    + "; put that right, then set it to false and to true again.")));
        }
        return sending(new ClusterCommand.HibernateCluster(id, HibernationReason.UNUSED, ""));
    }

    /** Where another version is asked for together with the wake, it is looked at again when the cluster serves. */
    static boolean isUpgradeForLater(Document.Cluster document, ClusterState state, Channel channel) {
        return channel == Channel.KUBERNETES
                && Boolean.FALSE.equals(document.hibernated())
                && state.hibernation().isUnderWay();
    }

    private static boolean isOnItsWay(ClusterStatus status) {
        return status == ClusterStatus.PROVISIONING || status == ClusterStatus.WAKING;
    }

    private static SleepPlan sending(ClusterCommand command) {
        return new SleepPlan(Optional.of(command), Optional.empty());
    }
}
