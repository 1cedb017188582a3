package aether.command.access;

import aether.domain.archive.ArchiveCommand;
import aether.domain.audit.AuditCommand;
import aether.domain.cluster.ClusterCommand;
import aether.domain.export.ExportCommand;
import aether.domain.kernel.Command;
import aether.domain.machine.MachineCommand;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.SlugCommand;
import aether.domain.privacy.SubjectCommand;

/** Which commands an identity may send by itself, past the customers' API (law 1). */
public final class Permissions {

    private Permissions() {}

    /** Whether the identity may send the command. */
    public static boolean maySend(Identity identity, Command command) {
        return switch (identity.kind()) {
            case WORKER -> belongsToWorkers(command);
            case ARCHIVER -> command instanceof ArchiveCommand.Report;
            case PLATFORM, ORGANIZATION -> false;
        };
    }

    /** What sagas and workers send; what customers ask for is not among it, nor what only this service knows. */
    private static boolean belongsToWorkers(Command command) {
        return switch (command) {
            case ClusterCommand cluster ->
                switch (cluster) {
                    case ClusterCommand.Report ignored -> true;
                    case ClusterCommand.PublishEndpoint ignored -> true;
                    case ClusterCommand.RequestCertificates ignored -> true;
                    case ClusterCommand.RequestControlPlane ignored -> true;
                    case ClusterCommand.RequestAddons ignored -> true;
                    case ClusterCommand.MarkRunning ignored -> true;
                    case ClusterCommand.FailCluster ignored -> true;
                    case ClusterCommand.ReportProvisioningDelayed ignored -> true;
                    case ClusterCommand.ReleasePoolName ignored -> true;
                    case ClusterCommand.RequestControlPlaneRemoval ignored -> true;
                    case ClusterCommand.ReportDeletionDelayed ignored -> true;
                    case ClusterCommand.ConfirmDeleted ignored -> true;
                    case ClusterCommand.HandOverCluster ignored -> false;
                    case ClusterCommand.PauseCluster ignored -> false;
                    case ClusterCommand.ResumeCluster ignored -> false;
                    case ClusterCommand.HibernateCluster ignored -> false;
                    case ClusterCommand.WakeCluster ignored -> false;
                    case ClusterCommand.MarkNodesAsleep ignored -> true;
                    case ClusterCommand.MarkAwake ignored -> true;
                    case ClusterCommand.ReportHibernationDelayed ignored -> true;
                    case ClusterCommand.SetMaintenanceWindows ignored -> false;
                    case ClusterCommand.AskForWork ignored -> false;
                    case ClusterCommand.DoWorkNow ignored -> false;
                    case ClusterCommand.DropPlannedWork ignored -> false;
                    case ClusterCommand.BeginPlannedWork ignored -> true;
                    case ClusterCommand.SetApiNames ignored -> false;
                    case ClusterCommand.SetAuthorizedCidrs ignored -> false;
                    case ClusterCommand.ConfigureControlPlane ignored -> false;
                    case ClusterCommand.SetPublicDomain ignored -> false;
                    case ClusterCommand.MarkAuthorityPrepared ignored -> true;
                    case ClusterCommand.ReportAuthorityDelayed ignored -> true;
                    case ClusterCommand.RotateAuthority ignored -> false;
                    case ClusterCommand.CompleteAuthorityRotation ignored -> false;
                    case ClusterCommand.RotateKey ignored -> false;
                    case ClusterCommand.CompleteKeyRotation ignored -> false;
                    case ClusterCommand.UpgradeCluster ignored -> false;
                    case ClusterCommand.AbandonUpgrade ignored -> false;
                    case ClusterCommand.RecordCredentialIssued ignored -> false;
                    case ClusterCommand.MarkPoolUpgraded ignored -> true;
                    case ClusterCommand.MarkUpgraded ignored -> true;
                    case ClusterCommand.ReportUpgradeDelayed ignored -> true;
                    case ClusterCommand.RequestNodePool ignored -> false;
                    case ClusterCommand.DeleteCluster ignored -> false;
                };
            case NodePoolCommand pool ->
                switch (pool) {
                    case NodePoolCommand.RecordPoolRunning ignored -> true;
                    case NodePoolCommand.RecordPoolDegraded ignored -> true;
                    case NodePoolCommand.ConfirmPoolDeleted ignored -> true;
                    case NodePoolCommand.ScaleNodePool ignored -> false;
                    case NodePoolCommand.RollNodePool ignored -> true; // a rotation replaces nodes
                    case NodePoolCommand.RecordPoolRolled ignored -> true;
                    case NodePoolCommand.HibernateNodePool ignored ->
                        true; // the sleep of a cluster is that of its pools
                    case NodePoolCommand.RecordPoolHibernated ignored -> true;
                    case NodePoolCommand.WakeNodePool ignored -> true;
                    case NodePoolCommand.DeleteNodePool ignored -> true; // the end of a cluster is the end of its pools
                };
            case NetworkCommand network -> !(network instanceof NetworkCommand.OpenRegion);
            case OrganizationCommand organization -> organization instanceof OrganizationCommand.ReleaseClusterName;
            case MachineCommand ignored -> true;
            case SlugCommand ignored -> false;
            case AuditCommand ignored -> false;
            case SubjectCommand ignored -> false;
            case ArchiveCommand ignored -> false;
            case ExportCommand ignored -> false;
            default -> false; // Command is open to other rooms' tests; what nobody names here nobody may send
        };
    }
}
