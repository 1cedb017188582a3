package aether.domain.cluster;

import aether.domain.kernel.Aggregates;
import aether.domain.kernel.Outcome;
import aether.domain.nodepool.NodePoolAggregate;
import aether.domain.nodepool.NodePoolEvent;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;

/** The Axon shell over {@link ClusterDecider}. */
@AggregateRoot
public class ClusterAggregate {

    private static final Map<Class<?>, Aggregates.Birth<?>> BIRTHS = Map.of(
            NodePoolEvent.NodePoolRequested.class,
            new Aggregates.Birth<>(
                    NodePoolAggregate.class, event -> new NodePoolAggregate((NodePoolEvent.NodePoolRequested) event)));

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private ClusterState state = ClusterState.ABSENT;

    ClusterAggregate() {
        // Axon makes an empty one before it replays the stream
    }

    /** Starts the aggregate from its first event; used by the aggregate that decided it. */
    public ClusterAggregate(ClusterEvent.ClusterRequested event) {
        AggregateLifecycle.apply(event);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.PublishEndpoint command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RequestCertificates command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordCertificatesIssued command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RequestControlPlane command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordControlPlaneReady command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RequestAddons command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordAddonsInstalled command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.MarkRunning command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.HandOverCluster command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.PauseCluster command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.ResumeCluster command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordPauseEnded command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordDriftLeft command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.SetMaintenanceWindows command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.AskForWork command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.DoWorkNow command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.DropPlannedWork command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.BeginPlannedWork command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.SetAuthorizedCidrs command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.SetApiNames command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.ConfigureControlPlane command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordCertificatesRenewed command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.SetPublicDomain command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordPublicNameAsked command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordPublicNameIssued command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordPublicNameFailed command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordRenewalOverdue command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordRenewalCaughtUp command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordWorkStalled command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordWorkResumed command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RotateAuthority command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordAuthorityTrusted command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordAuthoritySigning command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.MarkAuthorityPrepared command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.CompleteAuthorityRotation command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordAuthorityLeavesReissued command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordAuthorityRetired command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.ReportAuthorityDelayed command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RotateKey command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordKeyPhaseDone command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.CompleteKeyRotation command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordCredentialIssued command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.UpgradeCluster command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.AbandonUpgrade command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordUpgradePrepared command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordEtcdUpgraded command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordUpgradeServing command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordApiServersUpgraded command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.MarkPoolUpgraded command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.MarkUpgraded command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.ReportUpgradeDelayed command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.HibernateCluster command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.WakeCluster command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordHibernationPrepared command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordHibernationObstructed command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.MarkNodesAsleep command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordHibernationPhaseDone command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.MarkAwake command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.ReportHibernationDelayed command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordDegraded command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordRecovered command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordDriftCorrected command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.FailCluster command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.ReportProvisioningDelayed command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RequestNodePool command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.ReleasePoolName command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.DeleteCluster command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RequestControlPlaneRemoval command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.RecordControlPlaneRemoved command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.ReportDeletionDelayed command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(ClusterCommand.ConfirmDeleted command) {
        return decide(command);
    }

    private Outcome decide(ClusterCommand command) {
        return Aggregates.perform(command.stream(), ClusterDecider.decide(state, command), BIRTHS);
    }

    @EventSourcingHandler
    void on(ClusterEvent event) {
        id = event.stream();
        state = state.apply(event);
    }
}
