package aether.domain.cluster;

import aether.domain.cluster.KeyRotation.Phase;
import aether.domain.kernel.Decision;

/**
 * Decides the rotation of a key. A report that belongs to another phase or generation is late or repeated, and changes
 * nothing.
 */
final class KeyDecider {

    private KeyDecider() {}

    static Decision<ClusterRejection> rotate(ClusterState state, ClusterCommand.RotateKey rotate) {
        KeyRotation rotation = state.keys().of(rotate.key());
        if (rotation.isUnderWay()) {
            return Decision.unchanged();
        }
        if (state.status() != ClusterStatus.RUNNING) {
            return Decision.refuse(new ClusterRejection.WrongStatus("running", state.status()));
        }
        return PauseDecider.check(state)
                .<Decision<ClusterRejection>>map(Decision::refuse)
                .orElseGet(() -> Decision.accept(
                        new ClusterEvent.KeyRotationStarted(rotate.clusterId(), rotate.key(), rotation.successor())));
    }

    static Decision<ClusterRejection> phaseDone(ClusterState state, ClusterCommand.RecordKeyPhaseDone done) {
        KeyRotation rotation = state.keys().of(done.key());
        boolean fits = rotation.isUnderWay()
                && rotation.phase() == done.phase()
                && rotation.successor() == done.generation()
                && !ClusterDecider.isLeaving(state);
        return fits ? next(done) : Decision.unchanged();
    }

    private static Decision<ClusterRejection> next(ClusterCommand.RecordKeyPhaseDone done) {
        return switch (done.phase()) {
            case STEADY -> Decision.unchanged();
            case SPREADING -> advanced(done, Phase.SWITCHING);
            case SWITCHING -> advanced(done, Phase.REPLACING);
            case REPLACING ->
                done.key().isCompletedByTheCustomer() ? Decision.unchanged() : advanced(done, Phase.DROPPING);
            case DROPPING ->
                Decision.accept(
                        new ClusterEvent.KeyRotated(done.clusterId(), done.epoch(), done.key(), done.generation()));
        };
    }

    private static Decision<ClusterRejection> advanced(ClusterCommand.RecordKeyPhaseDone done, Phase to) {
        return Decision.accept(new ClusterEvent.KeyRotationAdvanced(
                done.clusterId(), done.epoch(), done.key(), done.generation(), to));
    }

    /**
     * Before the new key is in use everywhere, completing would refuse tokens that were just made; so it is refused.
     */
    static Decision<ClusterRejection> complete(ClusterState state, ClusterCommand.CompleteKeyRotation complete) {
        KeyRotation rotation = state.keys().of(complete.key());
        if (!complete.key().isCompletedByTheCustomer()) {
            return Decision.refuse(new ClusterRejection.KeyRotationCompletesItself(complete.key()));
        }
        return switch (rotation.phase()) {
            case DROPPING -> Decision.unchanged();
            case STEADY, SPREADING, SWITCHING ->
                Decision.refuse(new ClusterRejection.KeyRotationNotPrepared(complete.key(), rotation.phase()));
            case REPLACING ->
                ClusterDecider.isLeaving(state)
                        ? Decision.refuse(new ClusterRejection.WrongStatus("not being taken down", state.status()))
                        : Decision.accept(new ClusterEvent.KeyRotationCompleting(
                                complete.clusterId(), complete.key(), rotation.successor()));
        };
    }
}
