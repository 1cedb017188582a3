package aether.domain.cluster;

import aether.domain.kernel.Decision;

/** Decides what is said of work that stands still: once when it begins, and once when it goes on. */
final class StallDecider {

    /** Parts of a control plane are a handful; a machine each is more than anybody reads when a hypervisor is away. */
    static final int STALLS_MAX = 32;

    private StallDecider() {}

    /** The same fault for the same reason is not said again, whatever the sentence is at the next try. */
    static Decision<ClusterRejection> stalled(ClusterState state, ClusterCommand.RecordWorkStalled report) {
        ClusterEvent.WorkStalled known = state.stalls().get(report.work());
        boolean said = known != null
                && known.fault() == report.fault()
                && known.reason().equals(report.reason());
        boolean full = known == null && state.stalls().size() >= STALLS_MAX;
        return said || full || state.status() == ClusterStatus.DELETED
                ? Decision.unchanged()
                : Decision.accept(new ClusterEvent.WorkStalled(
                        report.clusterId(),
                        report.epoch(),
                        report.work(),
                        report.fault(),
                        report.reason(),
                        report.message(),
                        report.since()));
    }

    static Decision<ClusterRejection> resumed(ClusterState state, ClusterCommand.RecordWorkResumed report) {
        ClusterEvent.WorkStalled known = state.stalls().get(report.work());
        return known == null
                ? Decision.unchanged()
                : Decision.accept(new ClusterEvent.WorkResumed(
                        report.clusterId(),
                        report.epoch(),
                        report.work(),
                        known.fault(),
                        known.reason(),
                        known.since()));
    }
}
