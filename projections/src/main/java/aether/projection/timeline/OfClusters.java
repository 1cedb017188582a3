package aether.projection.timeline;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ControlPlaneComponent;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.Fault;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.cluster.MaintenanceWindow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what happened to a cluster; how its authorities and keys are exchanged is told by {@link OfRotations}. */
final class OfClusters {

    /** More than these are counted, not named. */
    private static final int NAMED_CERTIFICATES_MAX = 4;

    private OfClusters() {}

    static String tell(ClusterEvent event, Names names) throws SQLException {
        return switch (event) {
            case ClusterEvent.ClusterRequested requested ->
                "Cluster %s with Kubernetes %s requested in %s%s"
                        .formatted(
                                requested.name(),
                                requested.version(),
                                requested.region(),
                                begins(requested.restoredFrom(), names));
            case ClusterEvent.ClusterHandedOver handed ->
                "Handed over from " + handed.from().published() + " to "
                        + handed.to().published();
            case ClusterEvent.ClusterPaused paused -> "Paused " + paused.sentence();
            case ClusterEvent.ClusterResumed unused -> "The pause was ended before its time";
            case ClusterEvent.PauseEnded ended -> "The pause until " + ended.until() + " is over";
            case ClusterEvent.DriftLeft left ->
                "Drift of " + left.subject() + " left as it is, for the cluster is paused: " + left.found();
            case ClusterEvent.ClusterHibernationStarted started -> "Hibernation requested: " + started.sentence();
            case ClusterEvent.HibernationPrepared prepared ->
                "Nothing stands in the way of hibernation " + prepared.number()
                        + (prepared.snapshot().isEmpty() ? "" : ", snapshot " + prepared.snapshot() + " is taken");
            case ClusterEvent.HibernationObstructed obstructed -> "Not hibernated: " + obstructed.obstacle();
            case ClusterEvent.HibernationDropped unused -> "The hibernation that was obstructed is asked for no more";
            case ClusterEvent.NodesAsleep unused -> "No node pool has a machine any more";
            case ClusterEvent.HibernationAdvanced advanced -> advanced(advanced.phase());
            case ClusterEvent.ClusterHibernated unused ->
                "Hibernated: nothing runs; data, certificates, keys and addresses are kept";
            case ClusterEvent.ClusterWakeStarted unused -> "Wake requested";
            case ClusterEvent.ClusterAwake awake ->
                "Cluster " + names.cluster(awake.clusterId().value()) + " is awake";
            case ClusterEvent.HibernationDelayed delayed ->
                "Hibernating or waking takes longer than usual, waiting for "
                        + delayed.waitingFor().replace('_', ' ');
            case ClusterEvent.MaintenanceWindowsSet set ->
                set.windows().isEmpty()
                        ? "May be disturbed at any time"
                        : "May be disturbed "
                                + set.windows().stream()
                                        .map(MaintenanceWindow::text)
                                        .collect(Collectors.joining(" and "))
                                + " (UTC)";
            case ClusterEvent.WorkPlanned planned -> planned.sentence();
            case ClusterEvent.PlannedWorkDropped dropped ->
                "Waits for no window any more: " + dropped.work().spoken(dropped.target())
                        + (dropped.reason().isEmpty() ? "" : "; " + dropped.reason());
            case ClusterEvent.WindowPassedBy passed ->
                "Not waiting for a window, the " + passed.work().spoken(passed.target()) + ": "
                        + passed.reason().spoken()
                        + (passed.reference().isEmpty() ? "" : " " + passed.reference());
            case ClusterEvent.AuthorizedCidrsSet set ->
                set.cidrs().isEmpty()
                        ? "The API may be reached from everywhere"
                        : "The API may be reached from " + String.join(", ", set.cidrs());
            case ClusterEvent.ApiNamesSet set ->
                set.names().isEmpty()
                        ? "The API has no further names"
                        : "The API answers to " + String.join(", ", set.names()) + " as well";
            case ClusterEvent.ControlPlaneConfigured configured -> configured(configured.settings());
            case ClusterEvent.EndpointPublished published ->
                "Endpoint published at " + published.host() + ":" + published.port();
            case ClusterEvent.CertificatesRequested unused -> "Certificates requested";
            case ClusterEvent.CertificatesIssued unused -> "Certificates issued";
            case ClusterEvent.CertificatesRenewed renewed -> issued(renewed.certificates());
            case ClusterEvent.RenewalOverdue overdue -> overdue.sentence();
            case ClusterEvent.RenewalCaughtUp unused -> "No certificate's renewal is overdue any more";
            case ClusterEvent.WorkStalled stalled ->
                // What was seen of the platform's machinery is its people's to read; they find it in the event itself.
                stalled.sentence() + (stalled.fault() == Fault.CUSTOMER ? ": " + stalled.message() : "");
            case ClusterEvent.WorkResumed resumed ->
                "Work on " + resumed.work() + " goes on; it waited for "
                        + resumed.fault().spoken() + " since " + resumed.since() + " (" + resumed.reason() + ")";
            case ClusterEvent.PublicDomainSet set ->
                set.domain().isEmpty()
                        ? "The API has no domain of the customer's"
                        : "The API is to answer as " + set.domain();
            case ClusterEvent.PublicNameAsked asked ->
                asked.name().isEmpty()
                        ? "No public certificate is asked for any more"
                        : "Public certificate for " + asked.name() + " asked for"
                                + (asked.delegation().isEmpty()
                                        ? ""
                                        : "; _acme-challenge." + asked.name() + " has to be an alias of "
                                                + asked.delegation());
            case ClusterEvent.PublicNameIssued issued ->
                "Public certificate for " + issued.name() + " issued until "
                        + issued.certificate().notAfter();
            case ClusterEvent.PublicNameFailed failed ->
                "Public certificate for " + failed.name() + " waits for "
                        + failed.fault().spoken() + ": " + failed.reason();
            case ClusterEvent.AuthorityRotationStarted started ->
                "Rotation to " + started.authority().shown() + " " + started.generation() + " started";
            case ClusterEvent.AuthorityTrusted trusted ->
                OfRotations.named(trusted.authority(), trusted.generation()) + " is trusted beside the old one until "
                        + trusted.notAfter();
            case ClusterEvent.AuthoritySigning signing -> OfRotations.signing(signing);
            case ClusterEvent.AuthorityRotationPrepared prepared ->
                "Rotation to " + prepared.authority().shown() + " " + prepared.generation()
                        + (prepared.authority().isCompletedByTheCustomer()
                                ? " is prepared: fetch kubeconfigs again, then complete it"
                                : " is prepared, and completes itself");
            case ClusterEvent.AuthorityRotationCompleting completing ->
                "Completion of the rotation to " + completing.authority().shown() + " " + completing.generation()
                        + (completing.authority().isCompletedByTheCustomer() ? " requested" : " begun");
            case ClusterEvent.AuthorityLeavesReissued reissued -> OfRotations.reissued(reissued);
            case ClusterEvent.AuthorityRetired retired ->
                OfRotations.named(retired.authority(), retired.generation()) + " is the only one that is trusted";
            case ClusterEvent.AuthorityRotationDelayed delayed ->
                "The rotation to " + delayed.authority().shown() + " " + delayed.generation()
                        + " takes longer than usual; it is " + delayed.waitingFor();
            case ClusterEvent.KeyRotationStarted started ->
                "Rotation to " + started.key().shown() + " " + started.generation() + " started";
            case ClusterEvent.KeyRotationAdvanced advanced -> OfRotations.advanced(advanced);
            case ClusterEvent.KeyRotationCompleting completing ->
                "Completion of the rotation to " + completing.key().shown() + " " + completing.generation()
                        + " requested";
            case ClusterEvent.KeyRotated rotated ->
                "The " + rotated.key().shown() + " before " + rotated.generation()
                        + " is accepted no more, and is gone";
            case ClusterEvent.ControlPlaneRequested requested ->
                "Control plane with Kubernetes " + requested.version() + " requested";
            case ClusterEvent.ControlPlaneReady ready -> "Control plane answers with Kubernetes " + ready.version();
            case ClusterEvent.AddonsRequested unused -> "Addons requested";
            case ClusterEvent.AddonsInstalled unused -> "Addons installed";
            case ClusterEvent.ClusterRunning running ->
                "Cluster " + names.cluster(running.clusterId().value()) + " is running";
            case ClusterEvent.ClusterUpgradeStarted started ->
                "Upgrade from Kubernetes " + started.from() + " to " + started.to() + " started";
            case ClusterEvent.CredentialIssued issued ->
                "Credential " + issued.credentialId() + " for " + String.join(", ", issued.groups())
                        + " handed out until " + issued.notAfter() + ": "
                        + issued.reason().name().toLowerCase(Locale.ROOT)
                        + (issued.reference().isEmpty() ? "" : " " + issued.reference());
            case ClusterEvent.ClusterUpgradePrepared prepared ->
                "Upgrade to Kubernetes " + prepared.to() + " prepared"
                        + (prepared.snapshot().isEmpty() ? "" : ", with snapshot " + prepared.snapshot());
            case ClusterEvent.EtcdUpgraded moved -> "etcd runs as Kubernetes " + moved.to() + " has it";
            case ClusterEvent.ClusterUpgradeServing serving ->
                "The first API server of Kubernetes " + serving.to() + " serves";
            case ClusterEvent.ApiServersUpgraded servers -> "Every API server runs Kubernetes " + servers.to();
            case ClusterEvent.ControlPlaneUpgraded settled ->
                "The control plane runs Kubernetes " + settled.version() + "; nodes of "
                        + settled.pools().size() + " node pools follow";
            case ClusterEvent.PoolUpgraded pool -> "The nodes of a node pool run Kubernetes " + pool.version();
            case ClusterEvent.ClusterUpgradeDelayed delayed ->
                "The upgrade to Kubernetes " + delayed.to() + " takes longer than usual, waiting for "
                        + delayed.waitingFor().replace('_', ' ');
            case ClusterEvent.ClusterUpgradeAbandoned abandoned ->
                "Upgrade to Kubernetes " + abandoned.abandoned() + " abandoned, back to " + abandoned.backTo();
            case ClusterEvent.ClusterUpgraded upgraded -> "Upgraded to Kubernetes " + upgraded.version();
            case ClusterEvent.ClusterDegraded degraded -> "Cluster is degraded: " + degraded.reason();
            case ClusterEvent.ClusterRecovered unused -> "Cluster serves again";
            case ClusterEvent.DriftCorrected corrected ->
                "Drift of " + corrected.subject() + " corrected: " + corrected.correction();
            case ClusterEvent.ClusterProvisioningDelayed delayed ->
                "Provisioning takes longer than usual, waiting for \""
                        + delayed.stage().done() + "\"";
            case ClusterEvent.ClusterFailed failed ->
                "Provisioning given up before \"" + failed.stage().done() + "\": " + failed.reason();
            case ClusterEvent.PoolNameClaimed claimed -> "Node pool name " + claimed.name() + " taken";
            case ClusterEvent.PoolNameReleased released -> "Node pool name " + released.name() + " given back";
            case ClusterEvent.ClusterDeletionRequested requested ->
                "Deletion of cluster " + names.cluster(requested.clusterId().value()) + " requested";
            case ClusterEvent.ControlPlaneRemovalRequested unused -> "Removal of the control plane requested";
            case ClusterEvent.ControlPlaneRemoved unused -> "Control plane removed";
            case ClusterEvent.ClusterDeletionDelayed delayed ->
                "Deletion takes longer than usual, waiting for "
                        + delayed.waitingFor().replace('_', ' ');
            case ClusterEvent.ClusterDeleted deleted ->
                "Cluster " + names.cluster(deleted.clusterId().value()) + " is deleted";
        };
    }

    private static String begins(@Nullable ClusterSnapshot snapshot, Names names) throws SQLException {
        return snapshot == null
                ? ""
                : ", to begin with snapshot " + snapshot.name() + " of cluster "
                        + names.cluster(snapshot.clusterId().value());
    }

    private static String advanced(ClusterHibernation.Phase phase) {
        return switch (phase) {
            case ETCD_STOPPING -> "Controllers and API servers have stopped";
            case ETCD_STARTING -> "Every certificate is good for a while";
            case API_STARTING -> "etcd serves again";
            case CONTROLLERS_STARTING -> "The API answers again";
            case NODES_JOINING -> "The whole control plane serves again";
            case AWAKE, PREPARING, NODES_LEAVING, API_STOPPING, ASLEEP, CERTIFICATES ->
                "The hibernation is " + phase.published().replace('_', ' ');
        };
    }

    private static String configured(ControlPlaneSettings settings) {
        long args = Arrays.stream(ControlPlaneComponent.values())
                .mapToLong(component -> settings.extraArgs().of(component).size())
                .sum();
        return "The control plane is set: "
                + (settings.oidc().hasIssuer() ? "people of " + settings.oidc().issuerUrl() : "no identity provider")
                + ", "
                + args + " extra argument" + (args == 1 ? "" : "s");
    }

    /** A list of all that a new tenant has would hide the one thing that matters: when somebody has to look again. */
    private static String issued(List<IssuedCertificate> certificates) {
        Instant first = certificates.stream()
                .map(IssuedCertificate::notAfter)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        String which = certificates.size() > NAMED_CERTIFICATES_MAX
                ? certificates.size() + " certificates"
                : certificates.stream().map(IssuedCertificate::name).collect(Collectors.joining(", "));
        return "cert-manager issued " + which + "; the first ends " + first;
    }
}
