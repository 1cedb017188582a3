package aether.domain.cluster;

import aether.domain.kernel.Decision;
import aether.domain.kernel.DnsLabel;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.PoolLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides the life of a cluster. */
public final class ClusterDecider {

    private static final Set<ClusterStatus> SERVING =
            Set.of(ClusterStatus.RUNNING, ClusterStatus.UPGRADING, ClusterStatus.DEGRADED);

    private ClusterDecider() {}

    /** Decides one command. */
    public static Decision<ClusterRejection> decide(ClusterState state, ClusterCommand command) {
        ClusterEvent.ClusterRequested request = state.request();
        if (request == null) {
            return Decision.refuse(new ClusterRejection.UnknownCluster(command.clusterId()));
        }
        if (command instanceof ClusterCommand.Report report && report.epoch() < state.epoch()) {
            return Decision.refuse(new ClusterRejection.StaleLease(report.epoch(), state.epoch()));
        }
        return switch (command) {
            case ClusterCommand.PublishEndpoint publish -> publishEndpoint(state, publish);
            case ClusterCommand.RequestCertificates certificates ->
                want(
                        state,
                        ClusterState.Wanted.CERTIFICATES,
                        ProvisioningStage.ENDPOINT,
                        new ClusterEvent.CertificatesRequested(certificates.clusterId()));
            case ClusterCommand.RecordCertificatesIssued issued -> certificatesIssued(state, issued);
            case ClusterCommand.RecordCertificatesRenewed renewed -> certificatesRenewed(state, renewed);
            case ClusterCommand.RecordRenewalOverdue overdue -> RenewalDecider.overdue(state, overdue);
            case ClusterCommand.RecordRenewalCaughtUp caughtUp -> RenewalDecider.caughtUp(state, caughtUp);
            case ClusterCommand.RecordWorkStalled stalled -> StallDecider.stalled(state, stalled);
            case ClusterCommand.RecordWorkResumed resumed -> StallDecider.resumed(state, resumed);
            case ClusterCommand.SetPublicDomain set -> PublicNameDecider.choose(state, set);
            case ClusterCommand.RecordPublicNameAsked asked -> PublicNameDecider.asked(state, asked);
            case ClusterCommand.RecordPublicNameIssued issued -> PublicNameDecider.issued(state, issued);
            case ClusterCommand.RecordPublicNameFailed failed -> PublicNameDecider.failed(state, failed);
            case ClusterCommand.RotateAuthority rotate -> AuthorityDecider.rotate(state, rotate);
            case ClusterCommand.RecordAuthorityTrusted trusted -> AuthorityDecider.trusted(state, trusted);
            case ClusterCommand.RecordAuthoritySigning signing -> AuthorityDecider.signing(state, signing);
            case ClusterCommand.MarkAuthorityPrepared prepared -> AuthorityDecider.prepared(state, prepared);
            case ClusterCommand.CompleteAuthorityRotation complete -> AuthorityDecider.complete(state, complete);
            case ClusterCommand.RecordAuthorityLeavesReissued reissued -> AuthorityDecider.reissued(state, reissued);
            case ClusterCommand.RecordAuthorityRetired retired -> AuthorityDecider.retired(state, retired);
            case ClusterCommand.ReportAuthorityDelayed delayed -> AuthorityDecider.delayed(state, delayed);
            case ClusterCommand.RotateKey rotate -> KeyDecider.rotate(state, rotate);
            case ClusterCommand.RecordKeyPhaseDone done -> KeyDecider.phaseDone(state, done);
            case ClusterCommand.CompleteKeyRotation complete -> KeyDecider.complete(state, complete);
            case ClusterCommand.RecordCredentialIssued issued -> CredentialDecider.issue(state, issued);
            case ClusterCommand.RequestControlPlane controlPlane ->
                want(
                        state,
                        ClusterState.Wanted.CONTROL_PLANE,
                        ProvisioningStage.CERTIFICATES,
                        new ClusterEvent.ControlPlaneRequested(controlPlane.clusterId(), request.version()));
            case ClusterCommand.RecordControlPlaneReady ready -> controlPlaneReady(state, request.version(), ready);
            case ClusterCommand.RequestAddons addons ->
                want(
                        state,
                        ClusterState.Wanted.ADDONS,
                        ProvisioningStage.CONTROL_PLANE,
                        new ClusterEvent.AddonsRequested(addons.clusterId()));
            case ClusterCommand.RecordAddonsInstalled installed -> addonsInstalled(state, installed);
            case ClusterCommand.MarkRunning running -> markRunning(state, running);
            case ClusterCommand.HandOverCluster handOver -> handOver(state, request.channel(), handOver);
            case ClusterCommand.PauseCluster pause -> PauseDecider.pause(state, pause);
            case ClusterCommand.ResumeCluster resume -> PauseDecider.resume(state, resume);
            case ClusterCommand.RecordPauseEnded ended -> PauseDecider.ended(state, ended);
            case ClusterCommand.RecordDriftLeft left -> PauseDecider.drifted(state, left);
            case ClusterCommand.HibernateCluster hibernate -> HibernationDecider.hibernate(state, hibernate);
            case ClusterCommand.WakeCluster wake -> HibernationDecider.wake(state, wake);
            case ClusterCommand.RecordHibernationPrepared prepared -> HibernationDecider.prepared(state, prepared);
            case ClusterCommand.RecordHibernationObstructed obstructed ->
                HibernationDecider.obstructed(state, obstructed);
            case ClusterCommand.MarkNodesAsleep nodes -> HibernationDecider.nodesLeft(state, nodes);
            case ClusterCommand.RecordHibernationPhaseDone done -> HibernationDecider.phaseDone(state, done);
            case ClusterCommand.MarkAwake awake -> HibernationDecider.awake(state, awake);
            case ClusterCommand.ReportHibernationDelayed delayed -> HibernationDecider.delayed(state, delayed);
            case ClusterCommand.SetMaintenanceWindows set -> MaintenanceDecider.set(state, set);
            case ClusterCommand.AskForWork ask -> MaintenanceDecider.ask(state, ask);
            case ClusterCommand.DoWorkNow now -> MaintenanceDecider.now(state, now);
            case ClusterCommand.DropPlannedWork drop -> MaintenanceDecider.drop(state, drop);
            case ClusterCommand.BeginPlannedWork begin -> MaintenanceDecider.begin(state, begin);
            case ClusterCommand.SetApiNames set -> setApiNames(state, set);
            case ClusterCommand.SetAuthorizedCidrs set -> setAuthorizedCidrs(state, set);
            case ClusterCommand.ConfigureControlPlane configure -> SettingsDecider.configure(state, configure);
            case ClusterCommand.UpgradeCluster upgrade -> UpgradeDecider.upgrade(state, request.version(), upgrade);
            case ClusterCommand.AbandonUpgrade abandon -> UpgradeDecider.abandon(state, abandon.clusterId());
            case ClusterCommand.RecordUpgradePrepared prepared -> UpgradeDecider.prepared(state, prepared);
            case ClusterCommand.RecordEtcdUpgraded etcd -> UpgradeDecider.etcd(state, etcd);
            case ClusterCommand.RecordUpgradeServing serving -> UpgradeDecider.serving(state, serving);
            case ClusterCommand.RecordApiServersUpgraded servers -> UpgradeDecider.apiServers(state, servers);
            case ClusterCommand.MarkPoolUpgraded pool -> UpgradeDecider.pool(state, pool);
            case ClusterCommand.MarkUpgraded upgraded -> UpgradeDecider.upgraded(state, upgraded);
            case ClusterCommand.ReportUpgradeDelayed delayed -> UpgradeDecider.delayed(state, delayed);
            case ClusterCommand.RecordDegraded degraded ->
                state.status() == ClusterStatus.RUNNING
                        ? Decision.accept(new ClusterEvent.ClusterDegraded(
                                degraded.clusterId(), degraded.epoch(), degraded.reason()))
                        : Decision.unchanged();
            case ClusterCommand.RecordRecovered recovered ->
                state.status() == ClusterStatus.DEGRADED
                        ? Decision.accept(new ClusterEvent.ClusterRecovered(recovered.clusterId(), recovered.epoch()))
                        : Decision.unchanged();
            case ClusterCommand.RecordDriftCorrected drift ->
                isLeaving(state)
                        ? Decision.unchanged()
                        : Decision.accept(new ClusterEvent.DriftCorrected(
                                drift.clusterId(), drift.epoch(), drift.subject(), drift.correction()));
            case ClusterCommand.FailCluster failure -> fail(state, failure);
            case ClusterCommand.ReportProvisioningDelayed delayed -> delayed(state, delayed);
            case ClusterCommand.RequestNodePool pool -> requestPool(state, request, pool);
            case ClusterCommand.ReleasePoolName release -> releasePoolName(state, release);
            case ClusterCommand.DeleteCluster delete -> delete(state, request, delete);
            case ClusterCommand.RequestControlPlaneRemoval removal -> requestRemoval(state, removal);
            case ClusterCommand.RecordControlPlaneRemoved removed ->
                state.wanted().contains(ClusterState.Wanted.REMOVAL)
                        ? Decision.accept(new ClusterEvent.ControlPlaneRemoved(removed.clusterId(), removed.epoch()))
                        : Decision.unchanged();
            case ClusterCommand.ReportDeletionDelayed delayed ->
                state.status() == ClusterStatus.DELETING
                        ? Decision.accept(
                                new ClusterEvent.ClusterDeletionDelayed(delayed.clusterId(), delayed.waitingFor()))
                        : Decision.unchanged();
            case ClusterCommand.ConfirmDeleted confirm -> confirmDeleted(state, confirm);
        };
    }

    static boolean isServing(ClusterState state) {
        return SERVING.contains(state.status());
    }

    static boolean isLeaving(ClusterState state) {
        return switch (state.status()) {
            case DELETING, FAILED, DELETED -> true;
            case PROVISIONING, RUNNING, UPGRADING, HIBERNATING, HIBERNATED, WAKING, DEGRADED -> false;
        };
    }

    private static Decision<ClusterRejection> whileStaying(ClusterState state, ClusterEvent event) {
        return isLeaving(state)
                ? Decision.refuse(new ClusterRejection.WrongStatus("not being taken down", state.status()))
                : Decision.accept(event);
    }

    private static Decision<ClusterRejection> publishEndpoint(
            ClusterState state, ClusterCommand.PublishEndpoint publish) {
        ClusterEvent.EndpointPublished event =
                new ClusterEvent.EndpointPublished(publish.clusterId(), publish.host(), publish.port());
        return event.equals(state.endpoint()) ? Decision.unchanged() : whileStaying(state, event);
    }

    private static Decision<ClusterRejection> want(
            ClusterState state, ClusterState.Wanted what, ProvisioningStage after, ClusterEvent event) {
        if (state.wanted().contains(what)) {
            return Decision.unchanged();
        }
        if (!isLeaving(state) && !state.reached().contains(after)) {
            return Decision.refuse(new ClusterRejection.StageNotReached(after));
        }
        return whileStaying(state, event);
    }

    private static Decision<ClusterRejection> certificatesIssued(
            ClusterState state, ClusterCommand.RecordCertificatesIssued issued) {
        if (state.reached().contains(ProvisioningStage.CERTIFICATES)) {
            return Decision.unchanged();
        }
        if (!state.wanted().contains(ClusterState.Wanted.CERTIFICATES)) {
            return Decision.refuse(new ClusterRejection.StageNotReached(ProvisioningStage.ENDPOINT));
        }
        return whileStaying(
                state,
                new ClusterEvent.CertificatesIssued(
                        issued.clusterId(), issued.epoch(), issued.authorityFingerprint(), issued.notAfter()));
    }

    /** Only what is new is said, so that a report that comes twice says nothing. */
    private static Decision<ClusterRejection> certificatesRenewed(
            ClusterState state, ClusterCommand.RecordCertificatesRenewed renewed) {
        List<IssuedCertificate> fresh = renewed.certificates().stream()
                .filter(certificate -> !certificate.equals(state.certificates().get(certificate.name())))
                .sorted(Comparator.comparing(IssuedCertificate::name))
                .toList();
        return fresh.isEmpty() || isLeaving(state)
                ? Decision.unchanged()
                : Decision.accept(new ClusterEvent.CertificatesRenewed(renewed.clusterId(), renewed.epoch(), fresh));
    }

    private static Decision<ClusterRejection> controlPlaneReady(
            ClusterState state, KubernetesVersion wanted, ClusterCommand.RecordControlPlaneReady ready) {
        if (!state.wanted().contains(ClusterState.Wanted.CONTROL_PLANE)) {
            return Decision.refuse(new ClusterRejection.StageNotReached(ProvisioningStage.CERTIFICATES));
        }
        if (!ready.version().equals(wanted)) {
            return Decision.refuse(new ClusterRejection.UnexpectedVersion(wanted, ready.version()));
        }
        if (state.status() == ClusterStatus.UPGRADING) {
            return UpgradeDecider.settled(state, ready);
        }
        return state.reached().contains(ProvisioningStage.CONTROL_PLANE)
                ? Decision.unchanged()
                : whileStaying(
                        state, new ClusterEvent.ControlPlaneReady(ready.clusterId(), ready.epoch(), ready.version()));
    }

    private static Decision<ClusterRejection> addonsInstalled(
            ClusterState state, ClusterCommand.RecordAddonsInstalled installed) {
        if (state.reached().contains(ProvisioningStage.ADDONS)) {
            return Decision.unchanged();
        }
        if (!state.wanted().contains(ClusterState.Wanted.ADDONS)) {
            return Decision.refuse(new ClusterRejection.StageNotReached(ProvisioningStage.CONTROL_PLANE));
        }
        return whileStaying(state, new ClusterEvent.AddonsInstalled(installed.clusterId(), installed.epoch()));
    }

    private static Decision<ClusterRejection> markRunning(ClusterState state, ClusterCommand.MarkRunning running) {
        if (SERVING.contains(state.status()) || state.hibernation().isUnderWay()) {
            return Decision.unchanged();
        }
        if (!isLeaving(state) && !state.acceptsNodes()) {
            return Decision.refuse(new ClusterRejection.StageNotReached(ProvisioningStage.ADDONS));
        }
        return whileStaying(state, new ClusterEvent.ClusterRunning(running.clusterId()));
    }

    private static Decision<ClusterRejection> handOver(
            ClusterState state, Channel current, ClusterCommand.HandOverCluster handOver) {
        return current == handOver.to()
                ? Decision.unchanged()
                : whileStaying(state, new ClusterEvent.ClusterHandedOver(handOver.clusterId(), current, handOver.to()));
    }

    private static Decision<ClusterRejection> setApiNames(ClusterState state, ClusterCommand.SetApiNames set) {
        Optional<String> wrong = ApiNames.check(set.names());
        if (wrong.isPresent()) {
            return Decision.refuse(new ClusterRejection.InvalidApiNames(wrong.get()));
        }
        List<String> names = ApiNames.inOrder(set.names());
        return names.equals(state.apiNames())
                ? Decision.unchanged()
                : whileStaying(state, new ClusterEvent.ApiNamesSet(set.clusterId(), names));
    }

    private static Decision<ClusterRejection> setAuthorizedCidrs(
            ClusterState state, ClusterCommand.SetAuthorizedCidrs set) {
        Optional<ClusterRejection> wrong = AuthorizedCidrs.check(set.cidrs());
        if (wrong.isPresent()) {
            return Decision.refuse(wrong.get());
        }
        List<String> cidrs = AuthorizedCidrs.inOrder(set.cidrs());
        return cidrs.equals(state.authorizedCidrs())
                ? Decision.unchanged()
                : whileStaying(state, new ClusterEvent.AuthorizedCidrsSet(set.clusterId(), cidrs));
    }

    private static Decision<ClusterRejection> fail(ClusterState state, ClusterCommand.FailCluster failure) {
        return switch (state.status()) {
            case PROVISIONING ->
                isOver(state, failure.stage())
                        ? Decision.refuse(new ClusterRejection.StageOver(failure.stage()))
                        : Decision.accept(
                                new ClusterEvent.ClusterFailed(failure.clusterId(), failure.stage(), failure.reason()));
            case FAILED, DELETING, DELETED -> Decision.unchanged();
            case RUNNING, UPGRADING, HIBERNATING, HIBERNATED, WAKING, DEGRADED ->
                Decision.refuse(new ClusterRejection.WrongStatus("provisioning", state.status()));
        };
    }

    /** Told once for each stage; it may have ended while its deadline passed, and the log knows which was first. */
    private static Decision<ClusterRejection> delayed(
            ClusterState state, ClusterCommand.ReportProvisioningDelayed delayed) {
        return state.status() != ClusterStatus.PROVISIONING
                        || isOver(state, delayed.stage())
                        || delayed.stage() == state.late()
                ? Decision.unchanged()
                : Decision.accept(new ClusterEvent.ClusterProvisioningDelayed(delayed.clusterId(), delayed.stage()));
    }

    private static boolean isOver(ClusterState state, ProvisioningStage stage) {
        return state.reached().stream().anyMatch(reached -> reached.compareTo(stage) >= 0);
    }

    private static Decision<ClusterRejection> requestPool(
            ClusterState state, ClusterEvent.ClusterRequested request, ClusterCommand.RequestNodePool pool) {
        if (!DnsLabel.isValid(pool.name())) {
            return Decision.refuse(new ClusterRejection.InvalidPoolName(pool.name()));
        }
        Optional<NodePoolId> holder = state.poolNamed(pool.name());
        if (holder.isPresent()) {
            return holder.get().equals(pool.poolId())
                    ? Decision.unchanged()
                    : Decision.refuse(new ClusterRejection.PoolNameTaken(pool.name()));
        }
        Optional<PoolLimits.Violation> violation =
                PoolLimits.check(pool.min(), pool.max()).or(() -> PoolLimits.check(pool.shape()));
        if (violation.isPresent()) {
            return Decision.refuse(new ClusterRejection.InvalidPool(
                    violation.get().field(), violation.get().message()));
        }
        if (isLeaving(state)) {
            return Decision.refuse(new ClusterRejection.WrongStatus("not being taken down", state.status()));
        }
        if (state.hibernation().isUnderWay()) { // nobody would tell the new pool when it may have nodes
            return Decision.refuse(new ClusterRejection.WrongStatus("awake", state.status()));
        }
        return Decision.accept(
                new ClusterEvent.PoolNameClaimed(pool.clusterId(), pool.name(), pool.poolId()),
                new NodePoolEvent.NodePoolRequested(
                        pool.poolId(),
                        pool.clusterId(),
                        request.organizationId(),
                        request.name(),
                        request.region(),
                        pool.name(),
                        pool.min(),
                        pool.max(),
                        pool.shape(),
                        state.acceptsNodes()));
    }

    private static Decision<ClusterRejection> releasePoolName(
            ClusterState state, ClusterCommand.ReleasePoolName release) {
        for (Map.Entry<String, NodePoolId> claim : state.pools().entrySet()) {
            if (claim.getValue().equals(release.poolId())) {
                return Decision.accept(
                        new ClusterEvent.PoolNameReleased(release.clusterId(), claim.getKey(), release.poolId()));
            }
        }
        return Decision.unchanged();
    }

    private static Decision<ClusterRejection> delete(
            ClusterState state, ClusterEvent.ClusterRequested request, ClusterCommand.DeleteCluster delete) {
        return switch (state.status()) {
            case DELETING, DELETED -> Decision.unchanged();
            case PROVISIONING, RUNNING, UPGRADING, HIBERNATING, HIBERNATED, WAKING, DEGRADED, FAILED ->
                Decision.accept(new ClusterEvent.ClusterDeletionRequested(
                        delete.clusterId(),
                        request.organizationId(),
                        request.region(),
                        state.pools().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(Map.Entry::getValue)
                                .toList()));
        };
    }

    private static Decision<ClusterRejection> requestRemoval(
            ClusterState state, ClusterCommand.RequestControlPlaneRemoval removal) {
        return switch (state.status()) {
            case DELETING, FAILED ->
                state.wanted().contains(ClusterState.Wanted.REMOVAL)
                        ? Decision.unchanged()
                        : Decision.accept(new ClusterEvent.ControlPlaneRemovalRequested(removal.clusterId()));
            case DELETED -> Decision.unchanged();
            case PROVISIONING, RUNNING, UPGRADING, HIBERNATING, HIBERNATED, WAKING, DEGRADED ->
                Decision.refuse(new ClusterRejection.WrongStatus("being taken down", state.status()));
        };
    }

    private static Decision<ClusterRejection> confirmDeleted(
            ClusterState state, ClusterCommand.ConfirmDeleted confirm) {
        return switch (state.status()) {
            case DELETED -> Decision.unchanged();
            case DELETING -> {
                List<DomainEvent> events = new ArrayList<>();
                state.pools()
                        .forEach((name, pool) ->
                                events.add(new ClusterEvent.PoolNameReleased(confirm.clusterId(), name, pool)));
                events.add(new ClusterEvent.ClusterDeleted(confirm.clusterId()));
                yield new Decision.Accepted<>(events);
            }
            case PROVISIONING, RUNNING, UPGRADING, HIBERNATING, HIBERNATED, WAKING, DEGRADED, FAILED ->
                Decision.refuse(new ClusterRejection.WrongStatus("deleting", state.status()));
        };
    }
}
