package aether.domain.cluster;

import aether.domain.kernel.Decision;
import aether.domain.privacy.SubjectDecider;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Decides for how long workers change nothing of a cluster. */
final class PauseDecider {

    private PauseDecider() {}

    /** Asked again, a pause gets another end or reason; it is never longer than if it began now. */
    static Decision<ClusterRejection> pause(ClusterState state, ClusterCommand.PauseCluster pause) {
        if (!SubjectDecider.isReferenceOrNothing(pause.reference())) {
            return Decision.refuse(
                    new ClusterRejection.InvalidReference(pause.reference().length()));
        }
        ClusterPause current = state.pause();
        ClusterEvent.ClusterPaused event =
                new ClusterEvent.ClusterPaused(pause.clusterId(), pause.until(), pause.reason(), pause.reference());
        if (current != null && current.asked().equals(event)) {
            return Decision.unchanged();
        }
        Duration length = Duration.between(pause.asked(), pause.until());
        if (length.isNegative() || length.isZero() || length.compareTo(ClusterPause.LONGEST) > 0) {
            return Decision.refuse(new ClusterRejection.InvalidPause(pause.asked(), pause.until()));
        }
        return ClusterDecider.isServing(state)
                ? Decision.accept(event)
                : Decision.refuse(new ClusterRejection.WrongStatus("serving", state.status()));
    }

    static Decision<ClusterRejection> resume(ClusterState state, ClusterCommand.ResumeCluster resume) {
        return state.pause() == null
                ? Decision.unchanged()
                : Decision.accept(new ClusterEvent.ClusterResumed(resume.clusterId()));
    }

    /** A pause that got another end meanwhile goes on. */
    static Decision<ClusterRejection> ended(ClusterState state, ClusterCommand.RecordPauseEnded ended) {
        ClusterPause current = state.pause();
        return current != null && current.until().equals(ended.until())
                ? Decision.accept(new ClusterEvent.PauseEnded(ended.clusterId(), ended.epoch(), ended.until()))
                : Decision.unchanged();
    }

    static Decision<ClusterRejection> drifted(ClusterState state, ClusterCommand.RecordDriftLeft left) {
        ClusterPause current = state.pause();
        return current == null || current.isTold(left.subject(), left.found())
                ? Decision.unchanged()
                : Decision.accept(
                        new ClusterEvent.DriftLeft(left.clusterId(), left.epoch(), left.subject(), left.found()));
    }

    /** Why nothing long may begin now: it would stop half way, and its deadlines would pass. */
    static Optional<ClusterRejection> check(ClusterState state) {
        return Optional.ofNullable(state.pause()).map(pause -> new ClusterRejection.Paused(pause.until()));
    }

    static ClusterPause begun(ClusterState state, ClusterEvent.ClusterPaused paused) {
        ClusterPause before = state.pause();
        return new ClusterPause(paused, before == null ? Map.of() : before.drift());
    }
}
