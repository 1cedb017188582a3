package aether.domain.cluster;

import aether.domain.cluster.ClusterAuthority.Phase;
import aether.domain.kernel.Decision;
import aether.domain.nodepool.NodePoolId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides the rotation of a CA. A report or a mark that belongs to another phase or generation is late or repeated, and
 * changes nothing.
 */
final class AuthorityDecider {

    private AuthorityDecider() {}

    /** Why what needs every CA to stay has to wait; empty while none is rotated. */
    static Optional<ClusterRejection> rotating(ClusterState state) {
        return state.authorities()
                .rotating()
                .map(which -> new ClusterRejection.AuthorityRotating(
                        which, state.authorities().of(which).phase()));
    }

    static Decision<ClusterRejection> rotate(ClusterState state, ClusterCommand.RotateAuthority rotate) {
        ClusterAuthority authority = state.authorities().of(rotate.authority());
        if (authority.isRotating()) {
            return Decision.unchanged();
        }
        if (state.status() != ClusterStatus.RUNNING) {
            return Decision.refuse(new ClusterRejection.WrongStatus("running", state.status()));
        }
        return rotating(state)
                .or(() -> PauseDecider.check(state))
                .<Decision<ClusterRejection>>map(Decision::refuse)
                .orElseGet(() -> Decision.accept(new ClusterEvent.AuthorityRotationStarted(
                        rotate.clusterId(), rotate.authority(), authority.successor())));
    }

    static Decision<ClusterRejection> trusted(ClusterState state, ClusterCommand.RecordAuthorityTrusted trusted) {
        return inPhase(
                state,
                Phase.TRUSTING,
                trusted.authority(),
                trusted.generation(),
                new ClusterEvent.AuthorityTrusted(
                        trusted.clusterId(),
                        trusted.epoch(),
                        trusted.authority(),
                        trusted.generation(),
                        trusted.fingerprint(),
                        trusted.notAfter()));
    }

    static Decision<ClusterRejection> signing(ClusterState state, ClusterCommand.RecordAuthoritySigning signing) {
        List<NodePoolId> pools = signing.authority().signsNodes()
                ? state.pools().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList()
                : List.of();
        return inPhase(
                state,
                Phase.SIGNING,
                signing.authority(),
                signing.generation(),
                new ClusterEvent.AuthoritySigning(
                        signing.clusterId(), signing.epoch(), signing.authority(), signing.generation(), pools));
    }

    /** Where nobody outside has to be waited for, it goes on at once. */
    static Decision<ClusterRejection> prepared(ClusterState state, ClusterCommand.MarkAuthorityPrepared prepared) {
        ClusterEvent event = new ClusterEvent.AuthorityRotationPrepared(
                prepared.clusterId(), prepared.authority(), prepared.generation());
        ClusterEvent completing = new ClusterEvent.AuthorityRotationCompleting(
                prepared.clusterId(), prepared.authority(), prepared.generation());
        return inPhase(
                state,
                Phase.REJOINING,
                prepared.authority(),
                prepared.generation(),
                prepared.authority().isCompletedByTheCustomer()
                        ? new ClusterEvent[] {event}
                        : new ClusterEvent[] {event, completing});
    }

    /** Before it is prepared, completing would cut off nodes; that is refused, not kept for later. */
    static Decision<ClusterRejection> complete(ClusterState state, ClusterCommand.CompleteAuthorityRotation complete) {
        ClusterAuthority authority = state.authorities().of(complete.authority());
        if (!complete.authority().isCompletedByTheCustomer()) {
            return Decision.refuse(new ClusterRejection.RotationCompletesItself(complete.authority()));
        }
        return switch (authority.phase()) {
            case REISSUING, RETIRING -> Decision.unchanged();
            case STEADY, TRUSTING, SIGNING, REJOINING ->
                Decision.refuse(new ClusterRejection.RotationNotPrepared(complete.authority(), authority.phase()));
            case PREPARED ->
                ClusterDecider.isLeaving(state)
                        ? Decision.refuse(new ClusterRejection.WrongStatus("not being taken down", state.status()))
                        : Decision.accept(new ClusterEvent.AuthorityRotationCompleting(
                                complete.clusterId(), complete.authority(), authority.successor()));
        };
    }

    static Decision<ClusterRejection> reissued(
            ClusterState state, ClusterCommand.RecordAuthorityLeavesReissued reissued) {
        return inPhase(
                state,
                Phase.REISSUING,
                reissued.authority(),
                reissued.generation(),
                new ClusterEvent.AuthorityLeavesReissued(
                        reissued.clusterId(), reissued.epoch(), reissued.authority(), reissued.generation()));
    }

    static Decision<ClusterRejection> retired(ClusterState state, ClusterCommand.RecordAuthorityRetired retired) {
        return inPhase(
                state,
                Phase.RETIRING,
                retired.authority(),
                retired.generation(),
                new ClusterEvent.AuthorityRetired(
                        retired.clusterId(), retired.epoch(), retired.authority(), retired.generation()));
    }

    static Decision<ClusterRejection> delayed(ClusterState state, ClusterCommand.ReportAuthorityDelayed delayed) {
        return inPhase(
                state,
                state.authorities().of(delayed.authority()).phase(),
                delayed.authority(),
                delayed.generation(),
                new ClusterEvent.AuthorityRotationDelayed(
                        delayed.clusterId(), delayed.authority(), delayed.generation(), delayed.waitingFor()));
    }

    private static Decision<ClusterRejection> inPhase(
            ClusterState state, Phase phase, CertificateAuthority which, int generation, ClusterEvent... events) {
        ClusterAuthority authority = state.authorities().of(which);
        boolean fits = authority.isRotating() && authority.phase() == phase && authority.successor() == generation;
        return fits && !ClusterDecider.isLeaving(state) ? Decision.accept(events) : Decision.unchanged();
    }
}
