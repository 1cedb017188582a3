package aether.domain.samples;

import aether.domain.archive.AccessReason;
import aether.domain.archive.ArchiveCommand;
import aether.domain.archive.ArchiveEvent;
import aether.domain.archive.Comparison;
import aether.domain.archive.KeyChange;
import aether.domain.archive.KeyChangeReason;
import aether.domain.archive.ProbeAttempt;
import aether.domain.archive.WitnessKey;
import aether.domain.archive.WitnessRefusal;
import aether.domain.audit.AuditCommand;
import aether.domain.audit.AuditEvent;
import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.CredentialReason;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.cluster.EtcdMembers;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.Fault;
import aether.domain.cluster.HibernationReason;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.MaintenanceWindow;
import aether.domain.cluster.OidcSettings;
import aether.domain.cluster.PauseReason;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.cluster.UrgencyReason;
import aether.domain.export.ExportCommand;
import aether.domain.export.ExportEvent;
import aether.domain.export.ExportId;
import aether.domain.export.ExportSelection;
import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.Personal;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.machine.MachineShape;
import aether.domain.network.NetworkCommand;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugCommand;
import aether.domain.organization.SlugEvent;
import aether.domain.privacy.ErasureBasis;
import aether.domain.privacy.HoldReason;
import aether.domain.privacy.SubjectCommand;
import aether.domain.privacy.SubjectEvent;
import aether.domain.privacy.SubjectId;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Samples with fixed values; golden files hold their JSON, so a value here never changes. */
public final class Samples {

    public static final OrganizationId ORGANIZATION = OrganizationId.parse("0190a000-0000-7000-8000-000000000001");
    public static final ClusterId CLUSTER = ClusterId.parse("0190a000-0000-7000-8000-000000000002");
    /** Whose snapshot the cluster began with. */
    public static final ClusterId SOURCE = ClusterId.parse("0190a000-0000-7000-8000-00000000000a");

    public static final NodePoolId POOL = NodePoolId.parse("0190a000-0000-7000-8000-000000000003");
    public static final MachineId WORKER = MachineId.parse("0190a000-0000-7000-8000-000000000004");
    public static final MachineId LOAD_BALANCER = MachineId.parse("0190a000-0000-7000-8000-000000000005");
    public static final SubjectId SUBJECT = new SubjectId(UUID.fromString("0190a000-0000-7000-8000-0000000000aa"));
    public static final String KEY_ID = "s/0190a000-0000-7000-8000-0000000000aa/1";
    public static final Personal SEALED =
            new Personal.Sealed(KEY_ID, "ZGVmZ2hpamtsbW5v", "eSLsSEnHZLAJp6o_CbLu7fPcB9qj2hcbFw");
    public static final String PSEUDONYM = "p/5_nQxMAeTAVCGQFSBSRbHg";
    public static final String REGION = "eu-1";
    public static final String SHARD = "command-0";
    public static final KubernetesVersion VERSION = new KubernetesVersion(1, 33, 5);
    public static final KubernetesVersion NEXT_VERSION = new KubernetesVersion(1, 34, 1);
    public static final Ipv4Block WORKERS = new Ipv4Block(0x0A40_0000L, 16);
    public static final Ipv4Block WORKER_SUBNET = new Ipv4Block(0x0A40_0000L, 24);
    public static final Ipv4Block LOAD_BALANCERS = new Ipv4Block(0x0A80_0000L, 24);
    public static final String ADDRESS = "10.128.0.2";
    public static final MachineShape SHAPE = new MachineShape(2, 4, 40);
    public static final Instant NOT_AFTER = Instant.parse("2027-01-02T03:04:05Z");

    /** {@link #NOT_AFTER} is on a Saturday, an hour after it opens. */
    private static final MaintenanceWindow WINDOW = new MaintenanceWindow(List.of(DayOfWeek.SATURDAY), 120, 240);

    public static final String FINGERPRINT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public static final OidcSettings OIDC =
            new OidcSettings("https://login.example/realms/shop", "kubernetes", "email", "sso:", "groups", "sso:", "");
    public static final ExtraArgs EXTRA_ARGS =
            new ExtraArgs(List.of("--event-ttl=2h"), List.of("--node-monitor-grace-period=1m"), List.of());

    public static final ExportId EXPORT = ExportId.parse("0190a000-0000-7000-8000-0000000000e1");
    public static final ExportId FAILED_EXPORT = ExportId.parse("0190a000-0000-7000-8000-0000000000e2");
    public static final UUID VERIFICATION = UUID.fromString("0190a000-0000-7000-8000-0000000000f1");
    public static final String ARCHIVE = "aether.example/audit";
    public static final Instant HOUR = Instant.parse("2026-01-02T03:00:00Z");

    /** A change of an archive's key. */
    public static final KeyChange KEY_CHANGE = new KeyChange(
            1,
            1_000,
            "AKcKsZUbOSDpO7cxOBdBlx0JYMGuQc5ky21fozC//MY=",
            HOUR,
            "aether.example/audit+1d6f2bcd+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
            "aether.example/audit+9b0a6e35+AWmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X");

    public static final WitnessKey WITNESS = new WitnessKey("witness.example/w1", "5c1f0e77");

    public static final WitnessRefusal REFUSAL =
            new WitnessRefusal(1_000, KEY_CHANGE.root(), WitnessRefusal.Cause.SHORTER_THAN_SEEN, 409, 1_200);

    public static final ProbeAttempt ATTEMPT = new ProbeAttempt("delete a locked version", false, "it is gone");
    public static final Comparison COMPARISON = new Comparison(
            1_000,
            "AKcKsZUbOSDpO7cxOBdBlx0JYMGuQc5ky21fozC//MY=",
            1_002,
            1_003,
            "AKcKsZUbOSDpO7cxOBdBlx0JYMGuQc5ky21fozC//MY=",
            0);

    /** The largest epoch that a lease can have; more than a JSON number can carry. */
    public static final long EPOCH = Long.MAX_VALUE;

    /** One event of every class; a machine's are those of a worker, but for the load balancer's where it differs. */
    public static final List<DomainEvent> EVENTS = List.of(
            new OrganizationEvent.OrganizationRegistered(ORGANIZATION, "acme", "Acme GmbH"),
            new OrganizationEvent.OrganizationRenamed(ORGANIZATION, "Acmé \"Süd\" \\ 東京 \uD83D\uDE80"),
            new OrganizationEvent.BillingContactSet(ORGANIZATION, SEALED),
            new OrganizationEvent.BillingContactRemoved(ORGANIZATION),
            new OrganizationEvent.ClusterNameClaimed(ORGANIZATION, "shop", CLUSTER),
            new OrganizationEvent.ClusterNameReleased(ORGANIZATION, "shop", CLUSTER),
            new SlugEvent.SlugClaimed("acme", ORGANIZATION),
            new NetworkEvent.RegionOpened(REGION, WORKERS, LOAD_BALANCERS, 1000, 1999),
            new NetworkEvent.NetworkAllocated(REGION, CLUSTER, WORKER_SUBNET, ADDRESS),
            new NetworkEvent.NetworkReleased(REGION, CLUSTER, WORKER_SUBNET, ADDRESS),
            new NetworkEvent.VmIdClaimed(REGION, WORKER, CLUSTER, 1001, "10.64.1.2"),
            new NetworkEvent.VmIdReleased(REGION, WORKER, CLUSTER, 1001),
            new ClusterEvent.ClusterRequested(
                    CLUSTER,
                    ORGANIZATION,
                    "shop",
                    REGION,
                    VERSION,
                    true,
                    EtcdMembers.DEFAULT,
                    new ClusterSnapshot(SOURCE, "etcd-snapshot-29412345"),
                    Channel.API),
            new ClusterEvent.ClusterHandedOver(CLUSTER, Channel.API, Channel.KUBERNETES),
            new ClusterEvent.ClusterPaused(CLUSTER, NOT_AFTER, PauseReason.INCIDENT, "INC-17"),
            new ClusterEvent.ClusterResumed(CLUSTER),
            new ClusterEvent.PauseEnded(CLUSTER, EPOCH, NOT_AFTER),
            new ClusterEvent.DriftLeft(CLUSTER, EPOCH, "Deployment/kube-apiserver", "spec.replicas was changed"),
            new ClusterEvent.ClusterHibernationStarted(CLUSTER, HibernationReason.UNUSED, "CHG-17"),
            new ClusterEvent.HibernationPrepared(CLUSTER, EPOCH, 1, "etcd-snapshot-hibernation-1", List.of(POOL)),
            new ClusterEvent.HibernationObstructed(CLUSTER, EPOCH, 1, "etcd-0 has no volume"),
            new ClusterEvent.HibernationDropped(CLUSTER),
            new ClusterEvent.NodesAsleep(CLUSTER),
            new ClusterEvent.HibernationAdvanced(CLUSTER, EPOCH, 1, ClusterHibernation.Phase.ETCD_STOPPING),
            new ClusterEvent.ClusterHibernated(CLUSTER, EPOCH, 1),
            new ClusterEvent.ClusterWakeStarted(CLUSTER),
            new ClusterEvent.ClusterAwake(CLUSTER),
            new ClusterEvent.HibernationDelayed(CLUSTER, "nodes_leaving"),
            new ClusterEvent.MaintenanceWindowsSet(CLUSTER, List.of(WINDOW)),
            new ClusterEvent.WorkPlanned(CLUSTER, DisruptiveWork.UPGRADE, NEXT_VERSION, NOT_AFTER),
            new ClusterEvent.PlannedWorkDropped(CLUSTER, DisruptiveWork.ENCRYPTION_KEY_ROTATION, null, "Too late."),
            new ClusterEvent.WindowPassedBy(
                    CLUSTER, DisruptiveWork.AUTHORITY_ROTATION, null, UrgencyReason.SECURITY, "INC-17"),
            new ClusterEvent.ControlPlaneConfigured(CLUSTER, new ControlPlaneSettings(OIDC, EXTRA_ARGS)),
            new ClusterEvent.AuthorizedCidrsSet(CLUSTER, List.of("198.51.100.7/32", "203.0.113.0/24")),
            new ClusterEvent.ApiNamesSet(CLUSTER, List.of("192.0.2.7", "api.shop.example")),
            new ClusterEvent.EndpointPublished(CLUSTER, ADDRESS, 6443),
            new ClusterEvent.CertificatesRequested(CLUSTER),
            new ClusterEvent.CertificatesIssued(CLUSTER, EPOCH, FINGERPRINT, NOT_AFTER),
            new ClusterEvent.CertificatesRenewed(
                    CLUSTER,
                    EPOCH,
                    List.of(new IssuedCertificate("apiserver", FINGERPRINT, "CN=cluster-ca", NOT_AFTER))),
            new ClusterEvent.CredentialIssued(
                    CLUSTER,
                    new UUID(7, 7),
                    List.of("web:developers"),
                    FINGERPRINT,
                    NOT_AFTER,
                    CredentialReason.INCIDENT,
                    "INC-17"),
            new ClusterEvent.RenewalOverdue(
                    CLUSTER, EPOCH, List.of("apiserver", "etcd-server"), NOT_AFTER, "Denied by policy"),
            new ClusterEvent.RenewalCaughtUp(CLUSTER, EPOCH),
            new ClusterEvent.WorkStalled(
                    CLUSTER,
                    EPOCH,
                    "control-plane",
                    Fault.INFRASTRUCTURE,
                    "ClaimPending",
                    "PersistentVolumeClaim/data-etcd-0 has no volume",
                    NOT_AFTER),
            new ClusterEvent.WorkResumed(
                    CLUSTER, EPOCH, "control-plane", Fault.INFRASTRUCTURE, "ClaimPending", NOT_AFTER),
            new ClusterEvent.PublicDomainSet(CLUSTER, "api.shop.example"),
            new ClusterEvent.PublicNameAsked(CLUSTER, EPOCH, "api.shop.example", CLUSTER + ".acme.north.example"),
            new ClusterEvent.PublicNameIssued(
                    CLUSTER,
                    EPOCH,
                    "api.shop.example",
                    new IssuedCertificate("public-name", FINGERPRINT, "CN=R3,O=Everybody", NOT_AFTER)),
            new ClusterEvent.PublicNameFailed(
                    CLUSTER, EPOCH, "api.shop.example", Fault.CUSTOMER, "no alias at _acme-challenge.api.shop.example"),
            new ClusterEvent.AuthorityRotationStarted(CLUSTER, CertificateAuthority.CLUSTER, 2),
            new ClusterEvent.AuthorityTrusted(CLUSTER, EPOCH, CertificateAuthority.CLUSTER, 2, FINGERPRINT, NOT_AFTER),
            new ClusterEvent.AuthoritySigning(CLUSTER, EPOCH, CertificateAuthority.CLUSTER, 2, List.of(POOL)),
            new ClusterEvent.AuthorityRotationPrepared(CLUSTER, CertificateAuthority.CLUSTER, 2),
            new ClusterEvent.AuthorityRotationCompleting(CLUSTER, CertificateAuthority.CLUSTER, 2),
            new ClusterEvent.AuthorityLeavesReissued(CLUSTER, EPOCH, CertificateAuthority.CLUSTER, 2),
            new ClusterEvent.AuthorityRetired(CLUSTER, EPOCH, CertificateAuthority.CLUSTER, 2),
            new ClusterEvent.AuthorityRotationDelayed(CLUSTER, CertificateAuthority.CLUSTER, 2, "rejoining"),
            new ClusterEvent.KeyRotationStarted(CLUSTER, ClusterKey.ENCRYPTION, 2),
            new ClusterEvent.KeyRotationAdvanced(CLUSTER, EPOCH, ClusterKey.ENCRYPTION, 2, KeyRotation.Phase.REPLACING),
            new ClusterEvent.KeyRotationCompleting(CLUSTER, ClusterKey.SERVICE_ACCOUNT, 2),
            new ClusterEvent.KeyRotated(CLUSTER, EPOCH, ClusterKey.SERVICE_ACCOUNT, 2),
            new ClusterEvent.ControlPlaneRequested(CLUSTER, VERSION),
            new ClusterEvent.ControlPlaneReady(CLUSTER, EPOCH, VERSION),
            new ClusterEvent.AddonsRequested(CLUSTER),
            new ClusterEvent.AddonsInstalled(CLUSTER, EPOCH),
            new ClusterEvent.ClusterRunning(CLUSTER),
            new ClusterEvent.ClusterUpgradeStarted(CLUSTER, VERSION, NEXT_VERSION),
            new ClusterEvent.ClusterUpgradePrepared(CLUSTER, EPOCH, NEXT_VERSION, "etcd-snapshot-upgrade", true),
            new ClusterEvent.EtcdUpgraded(CLUSTER, EPOCH, NEXT_VERSION),
            new ClusterEvent.ClusterUpgradeServing(CLUSTER, EPOCH, NEXT_VERSION),
            new ClusterEvent.ApiServersUpgraded(CLUSTER, EPOCH, NEXT_VERSION),
            new ClusterEvent.ControlPlaneUpgraded(CLUSTER, EPOCH, NEXT_VERSION, List.of(POOL)),
            new ClusterEvent.PoolUpgraded(CLUSTER, POOL, NEXT_VERSION),
            new ClusterEvent.ClusterUpgradeDelayed(CLUSTER, NEXT_VERSION, "nodes"),
            new ClusterEvent.ClusterUpgradeAbandoned(CLUSTER, NEXT_VERSION, VERSION),
            new ClusterEvent.ClusterUpgraded(CLUSTER, EPOCH, NEXT_VERSION),
            new ClusterEvent.ClusterDegraded(CLUSTER, EPOCH, "kube-apiserver does not answer"),
            new ClusterEvent.ClusterRecovered(CLUSTER, EPOCH),
            new ClusterEvent.DriftCorrected(CLUSTER, EPOCH, "Deployment/kube-apiserver", "replicas 1 -> 3"),
            new ClusterEvent.ClusterFailed(CLUSTER, ProvisioningStage.CONTROL_PLANE, "the deadline passed"),
            new ClusterEvent.ClusterProvisioningDelayed(CLUSTER, ProvisioningStage.CONTROL_PLANE),
            new ClusterEvent.PoolNameClaimed(CLUSTER, "web", POOL),
            new ClusterEvent.PoolNameReleased(CLUSTER, "web", POOL),
            new ClusterEvent.ClusterDeletionRequested(CLUSTER, ORGANIZATION, REGION, List.of(POOL)),
            new ClusterEvent.ControlPlaneRemovalRequested(CLUSTER),
            new ClusterEvent.ControlPlaneRemoved(CLUSTER, EPOCH),
            new ClusterEvent.ClusterDeletionDelayed(CLUSTER, "deleting_pools"),
            new ClusterEvent.ClusterDeleted(CLUSTER),
            new NodePoolEvent.NodePoolRequested(POOL, CLUSTER, ORGANIZATION, "shop", REGION, "web", 2, 4, SHAPE, false),
            new NodePoolEvent.NodePoolScaled(POOL, CLUSTER, 3, 5, 3),
            new NodePoolEvent.NodePoolRollStarted(POOL, CLUSTER, 1),
            new NodePoolEvent.NodePoolRolled(POOL, CLUSTER, 1),
            new NodePoolEvent.NodePoolHibernationStarted(POOL, CLUSTER),
            new NodePoolEvent.NodePoolHibernated(POOL, CLUSTER),
            new NodePoolEvent.NodePoolWoken(POOL, CLUSTER),
            new NodePoolEvent.NodePoolRunning(POOL, CLUSTER, 2),
            new NodePoolEvent.NodePoolDegraded(POOL, CLUSTER, "a machine was lost"),
            new NodePoolEvent.NodePoolDeletionRequested(POOL, CLUSTER),
            new NodePoolEvent.NodePoolDeleted(POOL, CLUSTER),
            new MachineEvent.MachineReserved(
                    LOAD_BALANCER,
                    CLUSTER,
                    null,
                    ORGANIZATION,
                    REGION,
                    MachineRole.LOAD_BALANCER,
                    1000,
                    "shop-lb-0190a000",
                    MachineShape.LOAD_BALANCER,
                    ADDRESS),
            new MachineEvent.MachineCloned(WORKER, CLUSTER, POOL, EPOCH),
            new MachineEvent.MachineConfigured(WORKER, CLUSTER, POOL, EPOCH),
            new MachineEvent.MachineStarted(WORKER, CLUSTER, POOL, EPOCH, "10.64.0.10"),
            new MachineEvent.MachineReady(LOAD_BALANCER, CLUSTER, null, MachineRole.LOAD_BALANCER, EPOCH),
            new MachineEvent.MachineLost(WORKER, CLUSTER, POOL, EPOCH, "the host is down"),
            new MachineEvent.MachineRetired(WORKER, CLUSTER, POOL),
            new MachineEvent.MachineDeleted(WORKER, CLUSTER, POOL, MachineRole.WORKER, EPOCH),
            new AuditEvent.RequestRefused(SHARD, PSEUDONYM, "POST /api/v1/manifests", "unauthenticated"),
            new AuditEvent.RefusalsSummarized(
                    SHARD,
                    PSEUDONYM,
                    12_345_678_901L,
                    Instant.parse("2026-01-02T03:04:05.000006Z"),
                    Instant.parse("2026-01-02T03:05:05.1Z")),
            new AuditEvent.KubeconfigRead(SHARD, ORGANIZATION, CLUSTER),
            new AuditEvent.ClockStepped(SHARD, -1_500_000L),
            new SubjectEvent.HoldPlaced(SUBJECT, "case-17", HoldReason.LITIGATION),
            new SubjectEvent.HoldLifted(SUBJECT, "case-17"),
            new SubjectEvent.SubjectErased(SUBJECT, KEY_ID, ErasureBasis.NO_LONGER_NECESSARY),
            new SubjectEvent.KeyDestroyed(SUBJECT, KEY_ID, NOT_AFTER, 3),
            new ExportEvent.ExportRequested(
                    EXPORT,
                    ORGANIZATION,
                    CLUSTER,
                    PSEUDONYM,
                    HOUR,
                    NOT_AFTER,
                    AccessReason.AUTHORITY_REQUEST,
                    "case-17"),
            new ExportEvent.ExportCompleted(EXPORT, ORGANIZATION, null, FINGERPRINT, 12, 1_000),
            new ExportEvent.ExportFailed(FAILED_EXPORT, null, null, "archive_damaged"),
            new ExportEvent.ExportDownloaded(EXPORT, ORGANIZATION, null),
            new ArchiveEvent.StoreProbed(ARCHIVE, "s3://audit", HOUR, false, List.of(ATTEMPT)),
            new ArchiveEvent.HeartbeatRecorded(ARCHIVE, 1_000, 300),
            new ArchiveEvent.LogReconciled(ARCHIVE, HOUR, COMPARISON, Comparison.Finding.AGREES),
            new ArchiveEvent.LogKeyChanged(ARCHIVE, KEY_CHANGE, KeyChangeReason.SCHEDULED, "case-18"),
            new ArchiveEvent.WitnessRefused(ARCHIVE, WITNESS, REFUSAL),
            new ArchiveEvent.WitnessAgreed(ARCHIVE, WITNESS, 1_256, KEY_CHANGE.root(), NOT_AFTER),
            new ArchiveEvent.ArchiveVerified(
                    ARCHIVE,
                    VERIFICATION,
                    5,
                    true,
                    0,
                    1_000,
                    "AKcKsZUbOSDpO7cxOBdBlx0JYMGuQc5ky21fozC//MY=",
                    AccessReason.REGULAR_AUDIT,
                    ""));

    /** One command of every class. */
    public static final List<Command> COMMANDS = List.of(
            new SlugCommand.RegisterOrganization("acme", ORGANIZATION, "Acme GmbH"),
            new OrganizationCommand.RenameOrganization(ORGANIZATION, "Acme AG"),
            new OrganizationCommand.SetBillingContact(ORGANIZATION, SEALED),
            new OrganizationCommand.RemoveBillingContact(ORGANIZATION),
            new OrganizationCommand.RequestCluster(ORGANIZATION, CLUSTER, "shop", REGION, VERSION, false, Channel.API),
            new OrganizationCommand.ReleaseClusterName(ORGANIZATION, CLUSTER),
            new NetworkCommand.OpenRegion(REGION, WORKERS, LOAD_BALANCERS, 1000, 1999),
            new NetworkCommand.AllocateNetwork(REGION, CLUSTER),
            new NetworkCommand.ReleaseNetwork(REGION, CLUSTER),
            new NetworkCommand.ReserveMachine(
                    REGION, WORKER, CLUSTER, POOL, ORGANIZATION, MachineRole.WORKER, "shop-web-0190a000-0", SHAPE),
            new NetworkCommand.ReleaseVmId(REGION, WORKER),
            new ClusterCommand.HandOverCluster(CLUSTER, Channel.KUBERNETES),
            new ClusterCommand.PauseCluster(
                    CLUSTER, NOT_AFTER.minusSeconds(60), NOT_AFTER, PauseReason.INCIDENT, "INC-17"),
            new ClusterCommand.ResumeCluster(CLUSTER),
            new ClusterCommand.RecordPauseEnded(CLUSTER, 1, NOT_AFTER),
            new ClusterCommand.RecordDriftLeft(CLUSTER, 1, "Deployment/kube-apiserver", "it was missing"),
            new ClusterCommand.HibernateCluster(CLUSTER, HibernationReason.COST, ""),
            new ClusterCommand.WakeCluster(CLUSTER),
            new ClusterCommand.RecordHibernationPrepared(CLUSTER, 1, 1, "etcd-snapshot-hibernation-1"),
            new ClusterCommand.RecordHibernationObstructed(CLUSTER, 1, 1, "etcd-0 has no volume"),
            new ClusterCommand.MarkNodesAsleep(CLUSTER),
            new ClusterCommand.RecordHibernationPhaseDone(CLUSTER, 1, 1, ClusterHibernation.Phase.API_STOPPING),
            new ClusterCommand.MarkAwake(CLUSTER),
            new ClusterCommand.ReportHibernationDelayed(CLUSTER, "stopping"),
            new ClusterCommand.SetMaintenanceWindows(CLUSTER, NOT_AFTER, List.of(WINDOW)),
            new ClusterCommand.AskForWork(
                    CLUSTER, NOT_AFTER.minusSeconds(86_400), DisruptiveWork.ENCRYPTION_KEY_ROTATION, null),
            new ClusterCommand.DoWorkNow(
                    CLUSTER, DisruptiveWork.ENCRYPTION_KEY_ROTATION, null, UrgencyReason.SECURITY, "INC-17"),
            new ClusterCommand.DropPlannedWork(CLUSTER, DisruptiveWork.ENCRYPTION_KEY_ROTATION),
            new ClusterCommand.BeginPlannedWork(CLUSTER, DisruptiveWork.ENCRYPTION_KEY_ROTATION, NOT_AFTER),
            new ClusterCommand.ConfigureControlPlane(CLUSTER, OIDC, EXTRA_ARGS),
            new ClusterCommand.SetAuthorizedCidrs(CLUSTER, List.of("203.0.113.0/24")),
            new ClusterCommand.SetApiNames(CLUSTER, List.of("api.shop.example")),
            new ClusterCommand.PublishEndpoint(CLUSTER, ADDRESS, 6443),
            new ClusterCommand.RequestCertificates(CLUSTER),
            new ClusterCommand.RecordCertificatesIssued(CLUSTER, 1, FINGERPRINT, NOT_AFTER),
            new ClusterCommand.RecordCertificatesRenewed(
                    CLUSTER, 1, List.of(new IssuedCertificate("apiserver", FINGERPRINT, "CN=cluster-ca", NOT_AFTER))),
            new ClusterCommand.RecordCredentialIssued(
                    CLUSTER,
                    new UUID(7, 7),
                    List.of("web:developers"),
                    FINGERPRINT,
                    NOT_AFTER,
                    CredentialReason.INCIDENT,
                    "INC-17"),
            new ClusterCommand.RecordRenewalOverdue(CLUSTER, 1, List.of("apiserver"), NOT_AFTER, "Denied by policy"),
            new ClusterCommand.RecordRenewalCaughtUp(CLUSTER, 1),
            new ClusterCommand.RecordWorkStalled(
                    CLUSTER,
                    1,
                    "control-plane",
                    Fault.INFRASTRUCTURE,
                    "ClaimPending",
                    "PersistentVolumeClaim/data-etcd-0 has no volume",
                    NOT_AFTER),
            new ClusterCommand.RecordWorkResumed(CLUSTER, 1, "control-plane"),
            new ClusterCommand.SetPublicDomain(CLUSTER, "api.shop.example"),
            new ClusterCommand.RecordPublicNameAsked(CLUSTER, 1, "api.shop.example", CLUSTER + ".acme.north.example"),
            new ClusterCommand.RecordPublicNameFailed(CLUSTER, 1, "api.shop.example", Fault.CUSTOMER, "no alias"),
            new ClusterCommand.RecordPublicNameIssued(
                    CLUSTER,
                    1,
                    "api.shop.example",
                    new IssuedCertificate("public-name", FINGERPRINT, "CN=R3,O=Everybody", NOT_AFTER)),
            new ClusterCommand.RotateAuthority(CLUSTER, CertificateAuthority.CLUSTER),
            new ClusterCommand.RecordAuthorityTrusted(
                    CLUSTER, 1, CertificateAuthority.CLUSTER, 2, FINGERPRINT, NOT_AFTER),
            new ClusterCommand.RecordAuthoritySigning(CLUSTER, 1, CertificateAuthority.CLUSTER, 2),
            new ClusterCommand.MarkAuthorityPrepared(CLUSTER, CertificateAuthority.CLUSTER, 2),
            new ClusterCommand.CompleteAuthorityRotation(CLUSTER, CertificateAuthority.CLUSTER),
            new ClusterCommand.RecordAuthorityLeavesReissued(CLUSTER, 1, CertificateAuthority.CLUSTER, 2),
            new ClusterCommand.RecordAuthorityRetired(CLUSTER, 1, CertificateAuthority.CLUSTER, 2),
            new ClusterCommand.ReportAuthorityDelayed(CLUSTER, CertificateAuthority.CLUSTER, 2, "rejoining"),
            new ClusterCommand.RotateKey(CLUSTER, ClusterKey.SERVICE_ACCOUNT),
            new ClusterCommand.RecordKeyPhaseDone(
                    CLUSTER, 1, ClusterKey.SERVICE_ACCOUNT, 2, KeyRotation.Phase.SPREADING),
            new ClusterCommand.CompleteKeyRotation(CLUSTER, ClusterKey.SERVICE_ACCOUNT),
            new ClusterCommand.RequestControlPlane(CLUSTER),
            new ClusterCommand.RecordControlPlaneReady(CLUSTER, 1, VERSION),
            new ClusterCommand.RequestAddons(CLUSTER),
            new ClusterCommand.RecordAddonsInstalled(CLUSTER, 1),
            new ClusterCommand.MarkRunning(CLUSTER),
            new ClusterCommand.UpgradeCluster(CLUSTER, NEXT_VERSION),
            new ClusterCommand.AbandonUpgrade(CLUSTER),
            new ClusterCommand.RecordUpgradePrepared(CLUSTER, 1, NEXT_VERSION, "etcd-snapshot-upgrade", true),
            new ClusterCommand.RecordEtcdUpgraded(CLUSTER, 1, NEXT_VERSION),
            new ClusterCommand.RecordUpgradeServing(CLUSTER, 1, NEXT_VERSION),
            new ClusterCommand.RecordApiServersUpgraded(CLUSTER, 1, NEXT_VERSION),
            new ClusterCommand.MarkPoolUpgraded(CLUSTER, POOL, NEXT_VERSION),
            new ClusterCommand.MarkUpgraded(CLUSTER, NEXT_VERSION),
            new ClusterCommand.ReportUpgradeDelayed(CLUSTER, NEXT_VERSION, "nodes"),
            new ClusterCommand.RecordDegraded(CLUSTER, 1, "kube-apiserver does not answer"),
            new ClusterCommand.RecordRecovered(CLUSTER, 1),
            new ClusterCommand.RecordDriftCorrected(CLUSTER, 1, "Deployment/kube-apiserver", "replicas 1 -> 3"),
            new ClusterCommand.FailCluster(CLUSTER, ProvisioningStage.NETWORK, "the region is full"),
            new ClusterCommand.ReportProvisioningDelayed(CLUSTER, ProvisioningStage.CONTROL_PLANE),
            new ClusterCommand.RequestNodePool(CLUSTER, POOL, "web", 2, 4, SHAPE),
            new ClusterCommand.ReleasePoolName(CLUSTER, POOL),
            new ClusterCommand.DeleteCluster(CLUSTER),
            new ClusterCommand.RequestControlPlaneRemoval(CLUSTER),
            new ClusterCommand.RecordControlPlaneRemoved(CLUSTER, 1),
            new ClusterCommand.ReportDeletionDelayed(CLUSTER, "deleting_pools"),
            new ClusterCommand.ConfirmDeleted(CLUSTER),
            new NodePoolCommand.ScaleNodePool(POOL, 3, 5),
            new NodePoolCommand.RollNodePool(POOL),
            new NodePoolCommand.RecordPoolRolled(POOL, 1),
            new NodePoolCommand.HibernateNodePool(POOL),
            new NodePoolCommand.RecordPoolHibernated(POOL),
            new NodePoolCommand.WakeNodePool(POOL),
            new NodePoolCommand.RecordPoolRunning(POOL, 2),
            new NodePoolCommand.RecordPoolDegraded(POOL, "a machine was lost"),
            new NodePoolCommand.DeleteNodePool(POOL),
            new NodePoolCommand.ConfirmPoolDeleted(POOL),
            new MachineCommand.RecordMachineCloned(WORKER, 1),
            new MachineCommand.RecordMachineConfigured(WORKER, 1),
            new MachineCommand.RecordMachineStarted(WORKER, 1, "10.64.0.10"),
            new MachineCommand.RecordMachineReady(WORKER, 1),
            new MachineCommand.RecordMachineLost(WORKER, 1, "the host is down"),
            new MachineCommand.RetireMachine(WORKER),
            new MachineCommand.RecordMachineDeleted(WORKER, 1),
            new AuditCommand.RecordRefusal(SHARD, "192.0.2.7", "POST /api/v1/manifests", "unauthenticated"),
            new AuditCommand.SummarizeRefusals(
                    SHARD,
                    "192.0.2.7",
                    12,
                    Instant.parse("2026-01-02T03:04:05Z"),
                    Instant.parse("2026-01-02T03:05:05Z")),
            new AuditCommand.RecordKubeconfigRead(SHARD, ORGANIZATION, CLUSTER),
            new AuditCommand.RecordClockStep(SHARD, -1_500_000L),
            new SubjectCommand.PlaceHold(SUBJECT, "case-17", HoldReason.AUTHORITY_REQUEST),
            new SubjectCommand.LiftHold(SUBJECT, "case-17"),
            new SubjectCommand.EraseSubject(SUBJECT, KEY_ID, ErasureBasis.OBJECTION, NOT_AFTER, Instant.EPOCH),
            new SubjectCommand.RecordKeyDestroyed(SUBJECT, KEY_ID, NOT_AFTER, 3),
            new ExportCommand.RequestExport(
                    EXPORT,
                    new ExportSelection(ORGANIZATION, CLUSTER, PSEUDONYM, HOUR, NOT_AFTER),
                    AccessReason.CUSTOMER_REQUEST,
                    "case-17"),
            new ExportCommand.RecordExportCompleted(EXPORT, FINGERPRINT, 12, 1_000),
            new ExportCommand.RecordExportFailed(FAILED_EXPORT, "archive_damaged"),
            new ExportCommand.RecordExportDownloaded(EXPORT),
            new ArchiveCommand.RecordProbe(ARCHIVE, "s3://audit", HOUR, false, List.of(ATTEMPT)),
            new ArchiveCommand.RecordHeartbeat(ARCHIVE, 1_000, 300),
            new ArchiveCommand.RecordReconciliation(ARCHIVE, HOUR, COMPARISON, Comparison.Finding.STORE_IS_SHORT),
            new ArchiveCommand.RecordKeyChange(ARCHIVE, KEY_CHANGE, KeyChangeReason.EXPOSED, ""),
            new ArchiveCommand.RecordWitnessRefusal(ARCHIVE, WITNESS, REFUSAL),
            new ArchiveCommand.RecordWitnessAgreement(ARCHIVE, WITNESS, 1_256, KEY_CHANGE.root(), NOT_AFTER),
            new ArchiveCommand.RecordVerification(
                    ARCHIVE,
                    VERIFICATION,
                    3,
                    false,
                    2,
                    1_000,
                    "AKcKsZUbOSDpO7cxOBdBlx0JYMGuQc5ky21fozC//MY=",
                    AccessReason.OTHER,
                    ""));

    private Samples() {}
}
