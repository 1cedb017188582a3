package aether.domain.cluster;

import aether.domain.kernel.KubernetesVersion;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster is.
 *
 * @param request what was asked for, with the version that is wanted and the channel that counts now; absent before the
 *     first event
 * @param status where it is in its life
 * @param reached the stages that are over
 * @param late the stage that was last said to take longer than usual; absent while none was
 * @param wanted what workers were told to make true
 * @param observed the version the control plane last answered with
 * @param endpoint the address of the API, once published
 * @param pools the claimed pool names and who holds them
 * @param poolClaims how many pool names were ever claimed
 * @param epoch the highest lease epoch that a report came under
 * @param apiNames further names and addresses by which clients reach the API, in order
 * @param authorizedCidrs from where the API may be reached, in order; empty for everywhere
 * @param settings what a customer has set of the control plane
 * @param authorities the cluster's CAs and how far their rotations are
 * @param keys the cluster's other keys and how far their rotations are
 * @param certificates those that are issued, by name
 * @param overdue which of them should have been renewed by now; absent while none
 * @param stalls what keeps workers from going on, by work
 * @param publicName the name under which the API shows a certificate that everybody trusts
 * @param upgrade how far a change of version is; absent while none is under way
 * @param upgrades how many were ever begun
 * @param kubelets the oldest version that nodes of each pool may run
 * @param pause the time in which workers change nothing; absent outside of one
 * @param maintenance when it may be disturbed, and what waits for that
 * @param hibernation its sleep
 */
public record ClusterState(
        ClusterEvent.@Nullable ClusterRequested request,
        ClusterStatus status,
        Set<ProvisioningStage> reached,
        @Nullable ProvisioningStage late,
        Set<Wanted> wanted,
        @Nullable KubernetesVersion observed,
        ClusterEvent.@Nullable EndpointPublished endpoint,
        Map<String, NodePoolId> pools,
        long poolClaims,
        long epoch,
        List<String> apiNames,
        List<String> authorizedCidrs,
        ControlPlaneSettings settings,
        ClusterAuthorities authorities,
        ClusterKeys keys,
        Map<String, IssuedCertificate> certificates,
        ClusterEvent.@Nullable RenewalOverdue overdue,
        Map<String, ClusterEvent.WorkStalled> stalls,
        PublicName publicName,
        @Nullable ClusterUpgrade upgrade,
        long upgrades,
        Map<NodePoolId, KubernetesVersion> kubelets,
        @Nullable ClusterPause pause,
        Maintenance maintenance,
        ClusterHibernation hibernation) {

    /** What workers may be told to make true, and later to undo. */
    public enum Wanted {
        /** The certificates exist. */
        CERTIFICATES,
        /** The control plane exists. */
        CONTROL_PLANE,
        /** The addons exist. */
        ADDONS,
        /** Nothing exists in the management cluster; overrides the others. */
        REMOVAL
    }

    /** Before the first event. */
    public static final ClusterState ABSENT = new ClusterState(
            null,
            ClusterStatus.PROVISIONING,
            Set.of(),
            null,
            Set.of(),
            null,
            null,
            Map.of(),
            0,
            0,
            List.of(),
            List.of(),
            ControlPlaneSettings.NONE,
            ClusterAuthorities.FIRST,
            ClusterKeys.FIRST,
            Map.of(),
            null,
            Map.of(),
            PublicName.NONE,
            null,
            0,
            Map.of(),
            null,
            Maintenance.ANY_TIME,
            ClusterHibernation.NEVER);

    public ClusterState {
        reached = Set.copyOf(reached);
        wanted = Set.copyOf(wanted);
        pools = Map.copyOf(pools);
        apiNames = List.copyOf(apiNames);
        authorizedCidrs = List.copyOf(authorizedCidrs);
        certificates = Map.copyOf(certificates);
        stalls = Map.copyOf(stalls);
        kubelets = Map.copyOf(kubelets);
    }

    /** Whether the cluster exists in the log. */
    public boolean isKnown() {
        return request != null;
    }

    /** The organization; empty before the first event. */
    public Optional<OrganizationId> organization() {
        return Optional.ofNullable(request).map(ClusterEvent.ClusterRequested::organizationId);
    }

    /** The pool that holds a name. */
    public Optional<NodePoolId> poolNamed(String name) {
        return Optional.ofNullable(pools.get(name));
    }

    /** Whether the tenant's own API can be used by node pools. */
    public boolean acceptsNodes() {
        return reached.contains(ProvisioningStage.ADDONS);
    }

    /** What each part is to run; absent before the first event. */
    public Optional<ClusterVersions> versions() {
        if (request == null) {
            return Optional.empty();
        }
        return Optional.of(upgrade == null ? ClusterVersions.all(request.version()) : upgrade.versions());
    }

    /** The state after an event. */
    public ClusterState apply(ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.ClusterRequested requested -> withRequest(requested);
            case ClusterEvent.ClusterHandedOver handed -> through(handed.to());
            case ClusterEvent.ClusterPaused paused -> pausing(PauseDecider.begun(this, paused));
            case ClusterEvent.ClusterResumed unused -> pausing(null);
            case ClusterEvent.PauseEnded ended -> pausing(null).under(ended.epoch());
            case ClusterEvent.DriftLeft left ->
                pausing(pause == null ? null : pause.withDrift(left.subject(), left.found()))
                        .under(left.epoch());
            case ClusterEvent.MaintenanceWindowsSet set -> maintained(maintenance.within(set.windows()));
            case ClusterEvent.WorkPlanned planned -> maintained(maintenance.planning(planned));
            case ClusterEvent.PlannedWorkDropped dropped -> maintained(maintenance.without(dropped.work()));
            case ClusterEvent.WindowPassedBy unused -> this;
            case ClusterEvent.ClusterHibernationStarted unused ->
                in(ClusterStatus.HIBERNATING).sleeping(hibernation.begun());
            case ClusterEvent.HibernationPrepared prepared ->
                sleeping(hibernation.in(ClusterHibernation.Phase.NODES_LEAVING)).under(prepared.epoch());
            case ClusterEvent.HibernationObstructed obstructed ->
                in(ClusterStatus.RUNNING)
                        .sleeping(hibernation.obstructed(obstructed.obstacle()))
                        .under(obstructed.epoch());
            case ClusterEvent.HibernationDropped unused -> sleeping(hibernation.in(ClusterHibernation.Phase.AWAKE));
            case ClusterEvent.NodesAsleep unused -> sleeping(hibernation.in(ClusterHibernation.Phase.API_STOPPING));
            case ClusterEvent.HibernationAdvanced advanced ->
                sleeping(hibernation.in(advanced.phase())).under(advanced.epoch());
            case ClusterEvent.ClusterHibernated asleep ->
                in(ClusterStatus.HIBERNATED)
                        .sleeping(hibernation.in(ClusterHibernation.Phase.ASLEEP))
                        .under(asleep.epoch());
            case ClusterEvent.ClusterWakeStarted unused ->
                in(ClusterStatus.WAKING).sleeping(hibernation.in(ClusterHibernation.Phase.CERTIFICATES));
            case ClusterEvent.ClusterAwake unused ->
                in(ClusterStatus.RUNNING).sleeping(hibernation.in(ClusterHibernation.Phase.AWAKE));
            case ClusterEvent.HibernationDelayed unused -> this;
            case ClusterEvent.ApiNamesSet set -> answeringTo(set.names());
            case ClusterEvent.AuthorizedCidrsSet set -> after(draft -> draft.authorizedCidrs = set.cidrs());
            case ClusterEvent.ControlPlaneConfigured configured -> configured(configured.settings());
            case ClusterEvent.EndpointPublished published ->
                withEndpoint(published).reaching(ProvisioningStage.ENDPOINT);
            case ClusterEvent.CertificatesRequested unused -> wanting(Wanted.CERTIFICATES);
            case ClusterEvent.CertificatesIssued issued ->
                reaching(ProvisioningStage.CERTIFICATES).under(issued.epoch());
            case ClusterEvent.CertificatesRenewed renewed ->
                holding(renewed.certificates()).under(renewed.epoch());
            case ClusterEvent.RenewalOverdue late -> late(late).under(late.epoch());
            case ClusterEvent.RenewalCaughtUp caughtUp -> late(null).under(caughtUp.epoch());
            case ClusterEvent.WorkStalled stalled -> standing(stalled).under(stalled.epoch());
            case ClusterEvent.WorkResumed resumed -> going(resumed.work()).under(resumed.epoch());
            case ClusterEvent.PublicDomainSet set -> named(publicName.choosing(set.domain()));
            case ClusterEvent.PublicNameAsked asked ->
                named(publicName.asking(asked.name(), asked.delegation())).under(asked.epoch());
            case ClusterEvent.PublicNameIssued issued ->
                named(publicName.issued(issued.certificate())).under(issued.epoch());
            case ClusterEvent.PublicNameFailed failed ->
                named(publicName.failing(failed.fault(), failed.reason())).under(failed.epoch());
            case ClusterEvent.AuthorityRotationStarted started ->
                rotating(started.authority(), ClusterAuthority.Phase.TRUSTING)
                        .beginning(DisruptiveWork.of(started.authority()));
            case ClusterEvent.AuthorityTrusted trusted ->
                rotating(trusted.authority(), ClusterAuthority.Phase.SIGNING).under(trusted.epoch());
            case ClusterEvent.AuthoritySigning signing ->
                rotating(signing.authority(), ClusterAuthority.Phase.REJOINING).under(signing.epoch());
            case ClusterEvent.AuthorityRotationPrepared prepared ->
                rotating(prepared.authority(), ClusterAuthority.Phase.PREPARED);
            case ClusterEvent.AuthorityRotationCompleting completing ->
                rotating(completing.authority(), ClusterAuthority.Phase.REISSUING);
            case ClusterEvent.AuthorityLeavesReissued reissued ->
                rotating(reissued.authority(), ClusterAuthority.Phase.RETIRING).under(reissued.epoch());
            case ClusterEvent.AuthorityRetired retired ->
                without(retired.authority()
                                .certificate(authorities.of(retired.authority()).generation()))
                        .with(
                                retired.authority(),
                                authorities.of(retired.authority()).retired())
                        .under(retired.epoch());
            case ClusterEvent.AuthorityRotationDelayed unused -> this;
            case ClusterEvent.KeyRotationStarted started ->
                rotating(started.key(), KeyRotation.Phase.SPREADING).beginning(DisruptiveWork.of(started.key()));
            case ClusterEvent.KeyRotationAdvanced advanced ->
                rotating(advanced.key(), advanced.phase()).under(advanced.epoch());
            case ClusterEvent.KeyRotationCompleting completing ->
                rotating(completing.key(), KeyRotation.Phase.DROPPING);
            case ClusterEvent.KeyRotated rotated ->
                with(rotated.key(), keys.of(rotated.key()).over()).under(rotated.epoch());
            case ClusterEvent.CredentialIssued unused -> this;
            case ClusterEvent.ControlPlaneRequested unused -> wanting(Wanted.CONTROL_PLANE);
            case ClusterEvent.ControlPlaneReady ready ->
                reaching(ProvisioningStage.CONTROL_PLANE)
                        .observing(ready.version())
                        .under(ready.epoch());
            case ClusterEvent.AddonsRequested unused -> wanting(Wanted.ADDONS);
            case ClusterEvent.AddonsInstalled installed ->
                reaching(ProvisioningStage.ADDONS).under(installed.epoch());
            case ClusterEvent.ClusterRunning unused ->
                reaching(ProvisioningStage.NODE_POOLS).in(ClusterStatus.RUNNING);
            case ClusterEvent.ClusterUpgradeStarted started ->
                in(ClusterStatus.UPGRADING)
                        .wantingVersion(started.to())
                        .beginning(started)
                        .beginning(DisruptiveWork.UPGRADE);
            case ClusterEvent.ClusterUpgradePrepared prepared ->
                upgradingIn(prepared.etcdMoves() ? ClusterUpgrade.Phase.ETCD : ClusterUpgrade.Phase.API_SERVERS)
                        .under(prepared.epoch());
            case ClusterEvent.EtcdUpgraded moved ->
                upgradingIn(ClusterUpgrade.Phase.API_SERVERS).under(moved.epoch());
            case ClusterEvent.ClusterUpgradeServing serving ->
                upgradingIn(ClusterUpgrade.Phase.SERVING).under(serving.epoch());
            case ClusterEvent.ApiServersUpgraded servers ->
                upgradingIn(ClusterUpgrade.Phase.CONTROLLERS).under(servers.epoch());
            case ClusterEvent.ControlPlaneUpgraded settled ->
                upgradingIn(ClusterUpgrade.Phase.NODES)
                        .observing(settled.version())
                        .under(settled.epoch());
            case ClusterEvent.PoolUpgraded pool -> running(pool.poolId(), pool.version());
            case ClusterEvent.ClusterUpgradeDelayed unused -> this;
            case ClusterEvent.ClusterUpgradeAbandoned abandoned ->
                in(ClusterStatus.RUNNING).wantingVersion(abandoned.backTo()).upgrading(null);
            case ClusterEvent.ClusterUpgraded upgraded ->
                in(ClusterStatus.RUNNING)
                        .observing(upgraded.version())
                        .upgrading(null)
                        .under(upgraded.epoch());
            case ClusterEvent.ClusterDegraded degraded ->
                in(ClusterStatus.DEGRADED).under(degraded.epoch());
            case ClusterEvent.ClusterRecovered recovered ->
                in(ClusterStatus.RUNNING).under(recovered.epoch());
            case ClusterEvent.DriftCorrected corrected -> under(corrected.epoch());
            case ClusterEvent.ClusterProvisioningDelayed delayed -> after(draft -> draft.late = delayed.stage());
            case ClusterEvent.ClusterFailed unused -> in(ClusterStatus.FAILED);
            case ClusterEvent.PoolNameClaimed claimed -> claiming(claimed);
            case ClusterEvent.PoolNameReleased released -> releasing(released);
            case ClusterEvent.ClusterDeletionRequested unused ->
                in(ClusterStatus.DELETING).pausing(null).maintained(new Maintenance(maintenance.windows(), Map.of()));
            case ClusterEvent.ControlPlaneRemovalRequested unused -> wanting(Wanted.REMOVAL);
            case ClusterEvent.ControlPlaneRemoved removed -> removed().under(removed.epoch());
            case ClusterEvent.ClusterDeletionDelayed unused -> this;
            case ClusterEvent.ClusterDeleted unused ->
                after(draft -> draft.stalls = Map.of()).in(ClusterStatus.DELETED);
        };
    }

    private ClusterState after(Consumer<ClusterDraft> change) {
        ClusterDraft draft = new ClusterDraft(this);
        change.accept(draft);
        return draft.state();
    }

    private ClusterState withRequest(ClusterEvent.ClusterRequested next) {
        return after(draft -> draft.request = next);
    }

    private ClusterState wantingVersion(KubernetesVersion version) {
        return request == null ? this : withRequest(asked(request, version, request.channel()));
    }

    private ClusterState through(Channel channel) {
        return request == null ? this : withRequest(asked(request, request.version(), channel));
    }

    /** What was asked for, as it counts now. */
    private static ClusterEvent.ClusterRequested asked(
            ClusterEvent.ClusterRequested first, KubernetesVersion version, Channel channel) {
        return new ClusterEvent.ClusterRequested(
                first.clusterId(),
                first.organizationId(),
                first.name(),
                first.region(),
                version,
                first.publicEndpoint(),
                first.etcdMembers(),
                first.restoredFrom(),
                channel);
    }

    private ClusterState maintained(Maintenance next) {
        return after(draft -> draft.maintenance = next);
    }

    private ClusterState beginning(DisruptiveWork work) {
        return maintained(maintenance.without(work));
    }

    private ClusterState pausing(@Nullable ClusterPause next) {
        return after(draft -> draft.pause = next);
    }

    private ClusterState sleeping(ClusterHibernation next) {
        return after(draft -> draft.hibernation = next);
    }

    private ClusterState answeringTo(List<String> names) {
        return after(draft -> draft.apiNames = names);
    }

    private ClusterState configured(ControlPlaneSettings next) {
        return after(draft -> draft.settings = next);
    }

    private ClusterState rotating(CertificateAuthority which, ClusterAuthority.Phase phase) {
        return with(which, authorities.of(which).in(phase));
    }

    private ClusterState with(CertificateAuthority which, ClusterAuthority authority) {
        return after(draft -> draft.authorities = authorities.with(which, authority));
    }

    private ClusterState rotating(ClusterKey key, KeyRotation.Phase phase) {
        return with(key, keys.of(key).in(phase));
    }

    private ClusterState with(ClusterKey key, KeyRotation rotation) {
        return after(draft -> draft.keys = keys.with(key, rotation));
    }

    private ClusterState holding(List<IssuedCertificate> issued) {
        Map<String, IssuedCertificate> next = new LinkedHashMap<>(certificates);
        issued.forEach(certificate -> next.put(certificate.name(), certificate));
        return after(draft -> draft.certificates = next);
    }

    private ClusterState without(String certificate) {
        Map<String, IssuedCertificate> next = new LinkedHashMap<>(certificates);
        next.remove(certificate);
        return after(draft -> draft.certificates = next);
    }

    private ClusterState named(PublicName next) {
        return after(draft -> draft.publicName = next);
    }

    private ClusterState standing(ClusterEvent.WorkStalled stalled) {
        Map<String, ClusterEvent.WorkStalled> next = new LinkedHashMap<>(stalls);
        next.put(stalled.work(), stalled);
        return after(draft -> draft.stalls = next);
    }

    private ClusterState going(String work) {
        Map<String, ClusterEvent.WorkStalled> next = new LinkedHashMap<>(stalls);
        next.remove(work);
        return after(draft -> draft.stalls = next);
    }

    /** What keeps workers from going on, the first of it first. */
    public List<ClusterEvent.WorkStalled> stalled() {
        return stalls.values().stream()
                .sorted(Comparator.comparing(ClusterEvent.WorkStalled::since)
                        .thenComparing(ClusterEvent.WorkStalled::work))
                .toList();
    }

    private ClusterState late(ClusterEvent.@Nullable RenewalOverdue next) {
        return after(draft -> draft.overdue = next);
    }

    /** The certificate that ends first. */
    public Optional<IssuedCertificate> firstToEnd() {
        return certificates.values().stream()
                .min(Comparator.comparing(IssuedCertificate::notAfter).thenComparing(IssuedCertificate::name));
    }

    private ClusterState in(ClusterStatus next) {
        return after(draft -> draft.status = next);
    }

    private ClusterState reaching(ProvisioningStage stage) {
        Set<ProvisioningStage> next = EnumSet.of(stage);
        next.addAll(reached);
        return after(draft -> draft.reached = next);
    }

    private ClusterState wanting(Wanted what) {
        Set<Wanted> next = EnumSet.of(what);
        next.addAll(wanted);
        return after(draft -> draft.wanted = next);
    }

    private ClusterState removed() {
        return after(draft -> {
            draft.reached = Set.of();
            draft.wanted = Set.of();
            draft.observed = null;
            draft.certificates = Map.of();
            draft.overdue = null;
            draft.stalls = Map.of();
            draft.publicName = PublicName.NONE;
            draft.hibernation = hibernation.in(ClusterHibernation.Phase.AWAKE);
        });
    }

    private ClusterState observing(KubernetesVersion version) {
        return after(draft -> draft.observed = version);
    }

    private ClusterState beginning(ClusterEvent.ClusterUpgradeStarted started) {
        long number = upgrades + 1;
        return after(draft -> {
            draft.upgrade = new ClusterUpgrade(ClusterUpgrade.Phase.PREPARING, number, started.from(), started.to());
            draft.upgrades = number;
        });
    }

    private ClusterState upgrading(@Nullable ClusterUpgrade next) {
        return after(draft -> draft.upgrade = next);
    }

    private ClusterState upgradingIn(ClusterUpgrade.Phase phase) {
        return upgrade == null ? this : upgrading(upgrade.in(phase));
    }

    private ClusterState running(NodePoolId pool, KubernetesVersion kubelet) {
        Map<NodePoolId, KubernetesVersion> next = new LinkedHashMap<>(kubelets);
        next.put(pool, kubelet);
        return after(draft -> draft.kubelets = next);
    }

    private ClusterState withEndpoint(ClusterEvent.EndpointPublished published) {
        return after(draft -> draft.endpoint = published);
    }

    private ClusterState under(long reported) {
        return after(draft -> draft.epoch = Math.max(epoch, reported));
    }

    private ClusterState claiming(ClusterEvent.PoolNameClaimed claimed) {
        Map<String, NodePoolId> next = new LinkedHashMap<>(pools);
        next.put(claimed.name(), claimed.poolId());
        ClusterState claiming = after(draft -> {
            draft.pools = next;
            draft.poolClaims = poolClaims + 1;
        });
        return claiming.versions()
                .map(versions -> claiming.running(claimed.poolId(), versions.nodes()))
                .orElse(claiming);
    }

    private ClusterState releasing(ClusterEvent.PoolNameReleased released) {
        Map<String, NodePoolId> next = new LinkedHashMap<>(pools);
        next.remove(released.name(), released.poolId());
        Map<NodePoolId, KubernetesVersion> left = new LinkedHashMap<>(kubelets);
        left.remove(released.poolId());
        return after(draft -> {
            draft.pools = next;
            draft.kubelets = left;
        });
    }
}
