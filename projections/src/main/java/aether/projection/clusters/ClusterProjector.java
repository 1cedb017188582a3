package aether.projection.clusters;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.KeyRotation;
import aether.domain.network.NetworkEvent;
import aether.projection.event.IncomingEvent;
import aether.projection.event.Projected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an event makes of a cluster's view. */
public final class ClusterProjector {

    private ClusterProjector() {}

    /**
     * The view after an event of the cluster.
     *
     * @param view the view before it; absent when there is none yet
     */
    public static @Nullable ClusterView project(
            @Nullable ClusterView view, ClusterEvent event, IncomingEvent incoming) {
        if (event instanceof ClusterEvent.ClusterRequested requested) {
            return begin(requested, incoming);
        }
        ClusterView before = Projected.existing(view, incoming);
        ClusterDraft draft = new ClusterDraft(before);
        return switch (event) {
            case ClusterEvent.ClusterRequested requested -> begin(requested, incoming);
            case ClusterEvent.ClusterHandedOver unused -> before;
            case ClusterEvent.ClusterPaused paused ->
                draft.saying("Paused " + paused.sentence() + ".").at(incoming.recordedTime());
            case ClusterEvent.ClusterResumed unused -> draft.sayingNothing().at(incoming.recordedTime());
            case ClusterEvent.PauseEnded unused -> draft.sayingNothing().at(incoming.recordedTime());
            case ClusterEvent.DriftLeft unused -> before;
            case ClusterEvent.ClusterHibernationStarted started ->
                draft.in(ClusterStatus.HIBERNATING, "Being put to sleep: " + started.sentence() + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.HibernationPrepared unused ->
                draft.saying("Waiting for the machines to go.").at(incoming.recordedTime());
            case ClusterEvent.HibernationObstructed obstructed ->
                draft.in(ClusterStatus.RUNNING, "Not put to sleep: " + obstructed.obstacle() + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.HibernationDropped unused -> draft.sayingNothing().at(incoming.recordedTime());
            case ClusterEvent.NodesAsleep unused ->
                draft.saying("Waiting for the control plane to stop.").at(incoming.recordedTime());
            case ClusterEvent.HibernationAdvanced advanced ->
                draft.saying(advancing(advanced.phase())).at(incoming.recordedTime());
            case ClusterEvent.ClusterHibernated unused ->
                draft.in(ClusterStatus.HIBERNATED, "Nothing runs; data, certificates and addresses are kept.")
                        .at(incoming.recordedTime());
            case ClusterEvent.ClusterWakeStarted unused ->
                draft.in(ClusterStatus.WAKING, "Waiting for certificates that are good for a while.")
                        .at(incoming.recordedTime());
            case ClusterEvent.ClusterAwake unused ->
                draft.in(ClusterStatus.RUNNING, null).at(incoming.recordedTime());
            case ClusterEvent.HibernationDelayed delayed ->
                draft.saying("It takes longer than usual; waiting for "
                                + delayed.waitingFor().replace('_', ' ') + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.MaintenanceWindowsSet unused -> before;
            case ClusterEvent.WorkPlanned planned ->
                draft.saying(planned.sentence() + ".").at(incoming.recordedTime());
            case ClusterEvent.PlannedWorkDropped dropped ->
                (dropped.reason().isEmpty()
                                ? draft.sayingNothing()
                                : draft.saying("Not done in the window, the "
                                        + dropped.work().spoken(dropped.target()) + ": " + dropped.reason()))
                        .at(incoming.recordedTime());
            case ClusterEvent.WindowPassedBy unused -> before;
            case ClusterEvent.ApiNamesSet unused -> before;
            case ClusterEvent.AuthorizedCidrsSet unused -> before;
            case ClusterEvent.ControlPlaneConfigured unused -> before;
            case ClusterEvent.CertificatesRenewed unused -> before;
            case ClusterEvent.RenewalOverdue overdue ->
                draft.saying(overdue.sentence() + ".").at(incoming.recordedTime());
            case ClusterEvent.RenewalCaughtUp unused -> draft.sayingNothing().at(incoming.recordedTime());
            case ClusterEvent.WorkStalled stalled ->
                draft.standing(StandingWork.with(before.standing(), stalled)).at(incoming.recordedTime());
            case ClusterEvent.WorkResumed resumed ->
                draft.standing(StandingWork.without(before.standing(), resumed.work()))
                        .at(incoming.recordedTime());
            case ClusterEvent.PublicDomainSet unused -> before;
            case ClusterEvent.PublicNameAsked unused -> before;
            case ClusterEvent.PublicNameIssued unused -> before;
            case ClusterEvent.PublicNameFailed unused -> before;
            case ClusterEvent.AuthorityRotationStarted started ->
                draft.saying("Rotating to " + started.authority().shown() + " " + started.generation() + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.AuthorityTrusted unused -> before;
            case ClusterEvent.AuthoritySigning unused -> before;
            case ClusterEvent.AuthorityRotationPrepared prepared ->
                prepared.authority().isCompletedByTheCustomer()
                        ? draft.saying("The rotation to " + prepared.authority().shown() + " " + prepared.generation()
                                        + " is prepared: fetch kubeconfigs again, then complete it.")
                                .at(incoming.recordedTime())
                        : before;
            case ClusterEvent.AuthorityRotationCompleting completing ->
                draft.saying("Completing the rotation to "
                                + completing.authority().shown() + " " + completing.generation() + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.AuthorityLeavesReissued unused -> before;
            case ClusterEvent.AuthorityRetired unused -> draft.sayingNothing().at(incoming.recordedTime());
            case ClusterEvent.AuthorityRotationDelayed delayed ->
                draft.saying("The rotation of the " + delayed.authority().shown() + " takes longer than usual; it is "
                                + delayed.waitingFor() + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.KeyRotationStarted started ->
                draft.saying("Rotating to " + started.key().shown() + " " + started.generation() + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.KeyRotationAdvanced advanced -> advanced(before, draft, advanced, incoming);
            case ClusterEvent.KeyRotationCompleting completing ->
                draft.saying("Completing the rotation to " + completing.key().shown() + " " + completing.generation()
                                + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.KeyRotated unused -> draft.sayingNothing().at(incoming.recordedTime());
            case ClusterEvent.PoolNameClaimed unused -> before;
            case ClusterEvent.PoolNameReleased unused -> before;
            case ClusterEvent.DriftCorrected unused -> before;
            case ClusterEvent.EndpointPublished published ->
                draft.reachableAt("https://" + published.host() + ":" + published.port())
                        .waitingFor("certificates")
                        .at(incoming.recordedTime());
            case ClusterEvent.CertificatesRequested unused ->
                draft.waitingFor("certificates").at(incoming.recordedTime());
            case ClusterEvent.CertificatesIssued unused ->
                draft.waitingFor("the control plane").at(incoming.recordedTime());
            case ClusterEvent.ControlPlaneRequested unused ->
                draft.waitingFor("the control plane").at(incoming.recordedTime());
            case ClusterEvent.ControlPlaneReady ready ->
                draft.observing(ready.version().toString())
                        .waitingFor("the addons")
                        .at(incoming.recordedTime());
            case ClusterEvent.AddonsRequested unused ->
                draft.waitingFor("the addons").at(incoming.recordedTime());
            case ClusterEvent.AddonsInstalled unused ->
                draft.waitingFor("the node pools").at(incoming.recordedTime());
            case ClusterEvent.ClusterRunning unused ->
                draft.in(ClusterStatus.RUNNING, null).at(incoming.recordedTime());
            case ClusterEvent.ClusterUpgradeStarted started ->
                draft.wanting(started.to().toString())
                        .in(ClusterStatus.UPGRADING, "Upgrading from " + started.from() + " to " + started.to() + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.CredentialIssued unused -> before;
            case ClusterEvent.ClusterUpgradePrepared unused -> before;
            case ClusterEvent.EtcdUpgraded unused -> before;
            case ClusterEvent.ClusterUpgradeServing unused -> before;
            case ClusterEvent.ApiServersUpgraded unused -> before;
            case ClusterEvent.ControlPlaneUpgraded settled ->
                draft.observing(settled.version().toString())
                        .saying("The control plane runs " + settled.version() + "; nodes are being replaced.")
                        .at(incoming.recordedTime());
            case ClusterEvent.PoolUpgraded unused -> before;
            case ClusterEvent.ClusterUpgradeDelayed delayed ->
                draft.saying("The upgrade takes longer than usual; waiting for "
                                + delayed.waitingFor().replace('_', ' ') + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.ClusterUpgradeAbandoned abandoned ->
                draft.wanting(abandoned.backTo().toString())
                        .in(ClusterStatus.RUNNING, null)
                        .at(incoming.recordedTime());
            case ClusterEvent.ClusterUpgraded upgraded ->
                draft.observing(upgraded.version().toString())
                        .in(ClusterStatus.RUNNING, null)
                        .at(incoming.recordedTime());
            case ClusterEvent.ClusterDegraded degraded ->
                draft.in(ClusterStatus.DEGRADED, degraded.reason()).at(incoming.recordedTime());
            case ClusterEvent.ClusterRecovered unused ->
                draft.in(ClusterStatus.RUNNING, null).at(incoming.recordedTime());
            case ClusterEvent.ClusterProvisioningDelayed delayed ->
                draft.saying("Takes longer than usual; waiting for \""
                                + delayed.stage().done() + "\".")
                        .at(incoming.recordedTime());
            case ClusterEvent.ClusterFailed failed ->
                draft.in(
                                ClusterStatus.FAILED,
                                "Given up before \"" + failed.stage().done() + "\": " + failed.reason())
                        .at(incoming.recordedTime());
            case ClusterEvent.ClusterDeletionRequested unused ->
                draft.in(ClusterStatus.DELETING, "Waiting for the node pools to go.")
                        .at(incoming.recordedTime());
            case ClusterEvent.ControlPlaneRemovalRequested unused ->
                draft.saying("Waiting for the control plane to go.").at(incoming.recordedTime());
            case ClusterEvent.ControlPlaneRemoved unused ->
                draft.observing(null)
                        .standing(List.of())
                        .saying("Waiting for the network to be given back.")
                        .at(incoming.recordedTime());
            case ClusterEvent.ClusterDeletionDelayed delayed ->
                draft.saying("The deletion takes longer than usual; waiting for "
                                + delayed.waitingFor().replace('_', ' ') + ".")
                        .at(incoming.recordedTime());
            case ClusterEvent.ClusterDeleted unused ->
                draft.in(ClusterStatus.DELETED, null).standing(List.of()).at(incoming.recordedTime());
        };
    }

    /**
     * The view after an event of the region that concerns the cluster.
     *
     * @param view the view before it
     */
    public static ClusterView project(@Nullable ClusterView view, NetworkEvent event, IncomingEvent incoming) {
        ClusterView before = Projected.existing(view, incoming);
        return switch (event) {
            case NetworkEvent.NetworkAllocated allocated ->
                new ClusterDraft(before)
                        .inNetwork(allocated.workerSubnet().toString(), allocated.loadBalancerAddress() + "/32")
                        .waitingFor("the load balancer")
                        .at(incoming.recordedTime());
            case NetworkEvent.NetworkReleased unused ->
                new ClusterDraft(before).inNetwork(null, null).at(incoming.recordedTime());
            case NetworkEvent.RegionOpened unused -> before;
            case NetworkEvent.VmIdClaimed unused -> before;
            case NetworkEvent.VmIdReleased unused -> before;
        };
    }

    private static ClusterView advanced(
            ClusterView before, ClusterDraft draft, ClusterEvent.KeyRotationAdvanced advanced, IncomingEvent incoming) {
        return advanced.phase() == KeyRotation.Phase.REPLACING && advanced.key().isCompletedByTheCustomer()
                ? draft.saying("New tokens are signed with " + advanced.key().shown() + " " + advanced.generation()
                                + ": fetch those that are kept again, then complete the rotation.")
                        .at(incoming.recordedTime())
                : before;
    }

    private static String advancing(ClusterHibernation.Phase phase) {
        return switch (phase) {
            case ETCD_STOPPING -> "Waiting for etcd to stop.";
            case ETCD_STARTING -> "Waiting for etcd to start.";
            case API_STARTING -> "Waiting for the API servers to start.";
            case CONTROLLERS_STARTING -> "Waiting for the controllers to start.";
            case NODES_JOINING -> "Waiting for the machines to join.";
            case AWAKE, PREPARING, NODES_LEAVING, API_STOPPING, ASLEEP, CERTIFICATES ->
                "It is " + phase.published().replace('_', ' ') + ".";
        };
    }

    private static ClusterView begin(ClusterEvent.ClusterRequested requested, IncomingEvent incoming) {
        return new ClusterView(
                requested.clusterId().value(),
                requested.organizationId().value(),
                requested.name(),
                requested.region(),
                requested.version().toString(),
                ClusterStatus.PROVISIONING.published(),
                "Waiting for the network.",
                null,
                null,
                null,
                null,
                List.of(),
                incoming.position(),
                incoming.recordedTime(),
                incoming.recordedTime());
    }
}
