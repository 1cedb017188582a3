package aether.domain.cluster;

import aether.domain.cluster.ClusterHibernation.Phase;
import aether.domain.kernel.Decision;
import aether.domain.nodepool.NodePoolId;
import aether.domain.privacy.SubjectDecider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides a cluster's sleep and its end. What the log knows to stand in the way is refused here; what only workers see
 * they report. A report that belongs to another phase or hibernation is late, and changes nothing.
 */
final class HibernationDecider {

    private HibernationDecider() {}

    static Decision<ClusterRejection> hibernate(ClusterState state, ClusterCommand.HibernateCluster hibernate) {
        if (!SubjectDecider.isReferenceOrNothing(hibernate.reference())) {
            return Decision.refuse(
                    new ClusterRejection.InvalidReference(hibernate.reference().length()));
        }
        if (state.status() == ClusterStatus.HIBERNATING || state.status() == ClusterStatus.HIBERNATED) {
            return Decision.unchanged();
        }
        return obstacle(state)
                .<Decision<ClusterRejection>>map(Decision::refuse)
                .orElseGet(() -> Decision.accept(new ClusterEvent.ClusterHibernationStarted(
                        hibernate.clusterId(), hibernate.reason(), hibernate.reference())));
    }

    /** What would be cut in half by a sleep, or would stand still in it with its deadlines passing. */
    private static Optional<ClusterRejection> obstacle(ClusterState state) {
        if (state.status() != ClusterStatus.RUNNING) {
            return Optional.of(new ClusterRejection.WrongStatus("running", state.status()));
        }
        Optional<ClusterRejection> rotating = AuthorityDecider.rotating(state);
        if (rotating.isPresent()) {
            return rotating;
        }
        return Stream.of(ClusterKey.values())
                .filter(key -> state.keys().of(key).isUnderWay())
                .findFirst()
                .<ClusterRejection>map(key -> new ClusterRejection.KeyRotating(
                        key, state.keys().of(key).phase()))
                .or(() -> PauseDecider.check(state));
    }

    /** Possible at every moment of it; of one that was obstructed, it says that nobody asks for it any more. */
    static Decision<ClusterRejection> wake(ClusterState state, ClusterCommand.WakeCluster wake) {
        return switch (state.status()) {
            case HIBERNATING, HIBERNATED -> Decision.accept(new ClusterEvent.ClusterWakeStarted(wake.clusterId()));
            case RUNNING, UPGRADING, DEGRADED ->
                state.hibernation().obstacle().isEmpty()
                        ? Decision.unchanged()
                        : Decision.accept(new ClusterEvent.HibernationDropped(wake.clusterId()));
            case WAKING -> Decision.unchanged();
            case PROVISIONING, DELETING, FAILED, DELETED ->
                Decision.refuse(new ClusterRejection.WrongStatus("hibernated", state.status()));
        };
    }

    static Decision<ClusterRejection> prepared(ClusterState state, ClusterCommand.RecordHibernationPrepared prepared) {
        List<NodePoolId> pools = state.pools().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        return in(
                state,
                prepared.number(),
                Phase.PREPARING,
                new ClusterEvent.HibernationPrepared(
                        prepared.clusterId(), prepared.epoch(), prepared.number(), prepared.snapshot(), pools));
    }

    static Decision<ClusterRejection> obstructed(
            ClusterState state, ClusterCommand.RecordHibernationObstructed obstructed) {
        return in(
                state,
                obstructed.number(),
                Phase.PREPARING,
                new ClusterEvent.HibernationObstructed(
                        obstructed.clusterId(), obstructed.epoch(), obstructed.number(), obstructed.obstacle()));
    }

    static Decision<ClusterRejection> nodesLeft(ClusterState state, ClusterCommand.MarkNodesAsleep nodes) {
        return state.hibernation().phase() == Phase.NODES_LEAVING && !ClusterDecider.isLeaving(state)
                ? Decision.accept(new ClusterEvent.NodesAsleep(nodes.clusterId()))
                : Decision.unchanged();
    }

    /** The phases that workers carry out; the others begin and end with what somebody else says. */
    static Decision<ClusterRejection> phaseDone(ClusterState state, ClusterCommand.RecordHibernationPhaseDone done) {
        ClusterEvent next = switch (done.phase()) {
            case API_STOPPING -> advanced(done, Phase.ETCD_STOPPING);
            case ETCD_STOPPING -> new ClusterEvent.ClusterHibernated(done.clusterId(), done.epoch(), done.number());
            case CERTIFICATES -> advanced(done, Phase.ETCD_STARTING);
            case ETCD_STARTING -> advanced(done, Phase.API_STARTING);
            case API_STARTING -> advanced(done, Phase.CONTROLLERS_STARTING);
            case CONTROLLERS_STARTING -> advanced(done, Phase.NODES_JOINING);
            case AWAKE, PREPARING, NODES_LEAVING, ASLEEP, NODES_JOINING -> null;
        };
        return next == null ? Decision.unchanged() : in(state, done.number(), done.phase(), next);
    }

    private static ClusterEvent advanced(ClusterCommand.RecordHibernationPhaseDone done, Phase to) {
        return new ClusterEvent.HibernationAdvanced(done.clusterId(), done.epoch(), done.number(), to);
    }

    static Decision<ClusterRejection> awake(ClusterState state, ClusterCommand.MarkAwake awake) {
        return state.hibernation().phase() == Phase.NODES_JOINING && !ClusterDecider.isLeaving(state)
                ? Decision.accept(new ClusterEvent.ClusterAwake(awake.clusterId()))
                : Decision.unchanged();
    }

    static Decision<ClusterRejection> delayed(ClusterState state, ClusterCommand.ReportHibernationDelayed delayed) {
        return state.hibernation().isUnderWay() && !ClusterDecider.isLeaving(state)
                ? Decision.accept(new ClusterEvent.HibernationDelayed(delayed.clusterId(), delayed.waitingFor()))
                : Decision.unchanged();
    }

    private static Decision<ClusterRejection> in(ClusterState state, long number, Phase phase, ClusterEvent event) {
        ClusterHibernation hibernation = state.hibernation();
        boolean fits = hibernation.phase() == phase && hibernation.number() == number;
        return fits && !ClusterDecider.isLeaving(state) ? Decision.accept(event) : Decision.unchanged();
    }
}
