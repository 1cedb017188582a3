package aether.domain.cluster;

import aether.domain.kernel.Decision;

/** Decides what is said of certificates that are not renewed in time: once when it begins, once when it is over. */
final class RenewalDecider {

    private RenewalDecider() {}

    /** Those of which it was said already are not said again, also when some of them are well again. */
    static Decision<ClusterRejection> overdue(ClusterState state, ClusterCommand.RecordRenewalOverdue report) {
        ClusterEvent.RenewalOverdue known = state.overdue();
        boolean said = known != null && known.names().containsAll(report.names());
        return said || report.names().isEmpty() || ClusterDecider.isLeaving(state)
                ? Decision.unchanged()
                : Decision.accept(new ClusterEvent.RenewalOverdue(
                        report.clusterId(), report.epoch(), report.names(), report.notAfter(), report.reason()));
    }

    static Decision<ClusterRejection> caughtUp(ClusterState state, ClusterCommand.RecordRenewalCaughtUp report) {
        return state.overdue() == null || ClusterDecider.isLeaving(state)
                ? Decision.unchanged()
                : Decision.accept(new ClusterEvent.RenewalCaughtUp(report.clusterId(), report.epoch()));
    }
}
