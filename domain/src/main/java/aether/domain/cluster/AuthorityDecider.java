package aether.domain.cluster;

import aether.domain.cluster.ClusterAuthority.Phase;
import aether.domain.kernel.Decision;
import aether.domain.nodepool.NodePoolId;
import java.util.List;
import java.util.Map;

/**
 * Decides the rotation of the cluster CA. A report or a mark that belongs to another phase or generation is late or
 * repeated, and changes nothing.
 */
final class AuthorityDecider {

    private AuthorityDecider() {}

    static Decision<ClusterRejection> rotate(ClusterState state, ClusterCommand.RotateAuthority rotate) {
        if (state.authority().isRotating()) {
            return Decision.unchanged();
        }
        if (state.status() != ClusterStatus.RUNNING) {
            return Decision.refuse(new ClusterRejection.WrongStatus("running", state.status()));
        }
        return PauseDecider.check(state)
                .<Decision<ClusterRejection>>map(Decision::refuse)
                .orElseGet(() -> Decision.accept(new ClusterEvent.AuthorityRotationStarted(
                        rotate.clusterId(), state.authority().successor())));
    }

    static Decision<ClusterRejection> trusted(ClusterState state, ClusterCommand.RecordAuthorityTrusted trusted) {
        return inPhase(
                state,
                Phase.TRUSTING,
                trusted.generation(),
                new ClusterEvent.AuthorityTrusted(
                        trusted.clusterId(),
                        trusted.epoch(),
                        trusted.generation(),
                        trusted.fingerprint(),
                        trusted.notAfter()));
    }

    static Decision<ClusterRejection> signing(ClusterState state, ClusterCommand.RecordAuthoritySigning signing) {
        List<NodePoolId> pools = state.pools().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        return inPhase(
                state,
                Phase.SIGNING,
                signing.generation(),
                new ClusterEvent.AuthoritySigning(signing.clusterId(), signing.epoch(), signing.generation(), pools));
    }

    static Decision<ClusterRejection> prepared(ClusterState state, ClusterCommand.MarkAuthorityPrepared prepared) {
        return inPhase(
                state,
                Phase.REJOINING,
                prepared.generation(),
                new ClusterEvent.AuthorityRotationPrepared(prepared.clusterId(), prepared.generation()));
    }

    /** Before it is prepared, completing would cut off nodes; that is refused, not kept for later. */
    static Decision<ClusterRejection> complete(ClusterState state, ClusterCommand.CompleteAuthorityRotation complete) {
        return switch (state.authority().phase()) {
            case REISSUING, RETIRING -> Decision.unchanged();
            case STEADY, TRUSTING, SIGNING, REJOINING ->
                Decision.refuse(new ClusterRejection.RotationNotPrepared(
                        state.authority().phase()));
            case PREPARED ->
                ClusterDecider.isLeaving(state)
                        ? Decision.refuse(new ClusterRejection.WrongStatus("not being taken down", state.status()))
                        : Decision.accept(new ClusterEvent.AuthorityRotationCompleting(
                                complete.clusterId(), state.authority().successor()));
        };
    }

    static Decision<ClusterRejection> reissued(
            ClusterState state, ClusterCommand.RecordAuthorityLeavesReissued reissued) {
        return inPhase(
                state,
                Phase.REISSUING,
                reissued.generation(),
                new ClusterEvent.AuthorityLeavesReissued(
                        reissued.clusterId(), reissued.epoch(), reissued.generation()));
    }

    static Decision<ClusterRejection> retired(ClusterState state, ClusterCommand.RecordAuthorityRetired retired) {
        return inPhase(
                state,
                Phase.RETIRING,
                retired.generation(),
                new ClusterEvent.AuthorityRetired(retired.clusterId(), retired.epoch(), retired.generation()));
    }

    static Decision<ClusterRejection> delayed(ClusterState state, ClusterCommand.ReportAuthorityDelayed delayed) {
        return inPhase(
                state,
                state.authority().phase(),
                delayed.generation(),
                new ClusterEvent.AuthorityRotationDelayed(
                        delayed.clusterId(), delayed.generation(), delayed.waitingFor()));
    }

    private static Decision<ClusterRejection> inPhase(
            ClusterState state, Phase phase, int generation, ClusterEvent event) {
        ClusterAuthority authority = state.authority();
        boolean fits = authority.isRotating() && authority.phase() == phase && authority.successor() == generation;
        return fits && !ClusterDecider.isLeaving(state) ? Decision.accept(event) : Decision.unchanged();
    }
}
