package aether.domain.simulation;

import aether.domain.archive.AccessReason;
import aether.domain.archive.ArchiveCommand;
import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.EtcdMembers;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.export.ExportCommand;
import aether.domain.export.ExportSelection;
import aether.domain.kernel.Command;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationCommand;
import aether.domain.privacy.SubjectCommand;
import aether.domain.samples.Samples;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Plausible histories: a life as it should be up to some point, then anything at all. */
final class Histories {

    private static final ClusterId OTHER_CLUSTER = new ClusterId(NameBasedId.of("other cluster"));
    private static final NodePoolId OTHER_POOL = new NodePoolId(NameBasedId.of("other pool"));
    private static final int ANYTHING_MAX = 40;

    private Histories() {}

    static Arbitrary<List<Command>> any() {
        List<Command> life = life();
        return Combinators.combine(
                        Arbitraries.integers().between(0, life.size()),
                        command().list().ofMaxSize(ANYTHING_MAX))
                .as((until, anything) -> {
                    List<Command> history = new ArrayList<>(life.subList(0, until));
                    history.addAll(anything);
                    return history;
                });
    }

    /** One command to one of very few subjects, so that commands meet each other. */
    private static Arbitrary<Command> command() {
        Arbitrary<ClusterId> clusters = Arbitraries.of(Samples.CLUSTER, OTHER_CLUSTER);
        Arbitrary<NodePoolId> pools = Arbitraries.of(Samples.POOL, OTHER_POOL);
        Arbitrary<Integer> sizes = Arbitraries.integers().between(-1, 4);
        Arbitrary<KubernetesVersion> versions = Arbitraries.of(KubernetesVersion.SUPPORTED);
        Arbitrary<Long> epochs = Arbitraries.longs().between(1, 3);
        Arbitrary<String> names = Arbitraries.of("shop", "web", "Not A Name");
        Arbitrary<String> snapshots = Arbitraries.of("etcd-snapshot-1", "../etcd-snapshot-1");
        return Arbitraries.oneOf(
                Arbitraries.of(Samples.COMMANDS),
                Arbitraries.of(life()),
                Combinators.combine(clusters, names, versions)
                        .as((cluster, name, version) -> new OrganizationCommand.RequestCluster(
                                Samples.ORGANIZATION, cluster, name, Samples.REGION, version, true, Channel.API)),
                Combinators.combine(clusters, clusters, names, snapshots)
                        .as((cluster, source, name, snapshot) -> new OrganizationCommand.RequestCluster(
                                Samples.ORGANIZATION,
                                cluster,
                                name,
                                Samples.REGION,
                                KubernetesVersion.SUPPORTED.getFirst(),
                                true,
                                EtcdMembers.DEFAULT,
                                new ClusterSnapshot(source, snapshot),
                                Channel.API)),
                Combinators.combine(clusters, pools, names, sizes, sizes)
                        .as((cluster, pool, name, min, max) ->
                                new ClusterCommand.RequestNodePool(cluster, pool, name, min, max, Samples.SHAPE)),
                Combinators.combine(pools, sizes, sizes).as(NodePoolCommand.ScaleNodePool::new),
                Combinators.combine(pools, sizes).as(NodePoolCommand.RecordPoolRunning::new),
                Combinators.combine(clusters, Arbitraries.of(Channel.values())).as(ClusterCommand.HandOverCluster::new),
                Combinators.combine(clusters, versions).as(ClusterCommand.UpgradeCluster::new),
                Combinators.combine(clusters, epochs, versions).as(ClusterCommand.RecordControlPlaneReady::new),
                Combinators.combine(clusters, epochs).as(ClusterCommand.RecordRecovered::new),
                Combinators.combine(clusters, Arbitraries.of(ProvisioningStage.values()))
                        .as((cluster, stage) -> new ClusterCommand.FailCluster(cluster, stage, "why")),
                clusters.map(cluster -> new NetworkCommand.AllocateNetwork(Samples.REGION, cluster)),
                clusters.map(cluster -> new NetworkCommand.ReleaseNetwork(Samples.REGION, cluster)));
    }

    /** From the first command of a platform to the last of a cluster. */
    static List<Command> life() {
        List<Command> life = new ArrayList<>(Samples.COMMANDS.stream()
                .filter(command -> isOneOf(
                        command,
                        "RegisterOrganization",
                        "SetBillingContact",
                        "RemoveBillingContact",
                        "OpenRegion",
                        "RequestCluster"))
                .toList());
        life.addAll(Samples.COMMANDS.stream()
                .filter(command -> command instanceof SubjectCommand)
                .toList());
        life.add(new ExportCommand.RequestExport(
                Samples.FAILED_EXPORT, new ExportSelection(null, null, null, null, null), AccessReason.ROUTINE, ""));
        life.addAll(Samples.COMMANDS.stream()
                .filter(command -> command instanceof ExportCommand || command instanceof ArchiveCommand)
                .toList());
        life.add(new NetworkCommand.AllocateNetwork(Samples.REGION, Samples.CLUSTER));
        machine(life, Samples.LOAD_BALANCER, null, MachineRole.LOAD_BALANCER);
        life.addAll(Samples.COMMANDS.stream()
                .filter(command -> isOneOf(
                        command,
                        "PublishEndpoint",
                        "RequestCertificates",
                        "RecordCertificatesIssued",
                        "RequestControlPlane",
                        "ReportProvisioningDelayed",
                        "RecordControlPlaneReady",
                        "RequestAddons",
                        "RecordAddonsInstalled",
                        "MarkRunning"))
                .toList());
        life.add(new ClusterCommand.RequestNodePool(Samples.CLUSTER, Samples.POOL, "web", 1, 1, Samples.SHAPE));
        machine(life, Samples.WORKER, Samples.POOL, MachineRole.WORKER);
        life.add(new NodePoolCommand.RecordPoolRunning(Samples.POOL, 1));
        life.add(new MachineCommand.RecordMachineLost(Samples.WORKER, 1, "unplugged"));
        life.add(new NodePoolCommand.RecordPoolDegraded(Samples.POOL, "unplugged"));
        life.add(new ClusterCommand.RecordDegraded(Samples.CLUSTER, 1, "why"));
        life.add(new ClusterCommand.RecordRecovered(Samples.CLUSTER, 1));
        Command pause = sample("PauseCluster");
        life.add(pause);
        life.add(sample("RecordDriftLeft"));
        life.add(sample("RecordPauseEnded"));
        life.add(pause);
        life.add(sample("ResumeCluster"));
        sleep(life);
        life.add(new ClusterCommand.UpgradeCluster(Samples.CLUSTER, Samples.NEXT_VERSION));
        life.add(new ClusterCommand.AbandonUpgrade(Samples.CLUSTER));
        life.add(new ClusterCommand.UpgradeCluster(Samples.CLUSTER, Samples.NEXT_VERSION));
        life.add(new ClusterCommand.RecordUpgradePrepared(Samples.CLUSTER, 1, Samples.NEXT_VERSION, "", true));
        life.add(new ClusterCommand.RecordEtcdUpgraded(Samples.CLUSTER, 1, Samples.NEXT_VERSION));
        life.add(new ClusterCommand.RecordUpgradeServing(Samples.CLUSTER, 1, Samples.NEXT_VERSION));
        life.add(new ClusterCommand.RecordApiServersUpgraded(Samples.CLUSTER, 1, Samples.NEXT_VERSION));
        life.add(new ClusterCommand.RecordControlPlaneReady(Samples.CLUSTER, 1, Samples.NEXT_VERSION));
        life.add(new ClusterCommand.ReportUpgradeDelayed(Samples.CLUSTER, Samples.NEXT_VERSION, "nodes"));
        life.add(new ClusterCommand.MarkPoolUpgraded(Samples.CLUSTER, Samples.POOL, Samples.NEXT_VERSION));
        life.add(new ClusterCommand.MarkUpgraded(Samples.CLUSTER, Samples.NEXT_VERSION));
        life.addAll(Samples.COMMANDS.stream()
                .filter(command -> isOneOf(
                        command,
                        "RecordCertificatesRenewed",
                        "RecordCredentialIssued",
                        "RecordRenewalOverdue",
                        "RecordRenewalCaughtUp",
                        "RecordWorkStalled",
                        "RecordWorkResumed",
                        "SetPublicDomain",
                        "SetAuthorizedCidrs",
                        "ConfigureControlPlane",
                        "RecordPublicNameAsked",
                        "RecordPublicNameFailed",
                        "RecordPublicNameIssued",
                        "RotateAuthority",
                        "RecordAuthorityTrusted",
                        "RecordAuthoritySigning",
                        "ReportAuthorityDelayed",
                        "RollNodePool",
                        "RecordPoolRolled"))
                .toList());
        life.add(new ClusterCommand.MarkAuthorityPrepared(Samples.CLUSTER, CertificateAuthority.CLUSTER, 2));
        life.add(new ClusterCommand.CompleteAuthorityRotation(Samples.CLUSTER, CertificateAuthority.CLUSTER));
        life.add(new ClusterCommand.RecordAuthorityLeavesReissued(Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2));
        life.add(new ClusterCommand.RecordAuthorityRetired(Samples.CLUSTER, 1, CertificateAuthority.CLUSTER, 2));
        life.add(new ClusterCommand.RotateKey(Samples.CLUSTER, ClusterKey.SERVICE_ACCOUNT));
        life.add(phaseDone(KeyRotation.Phase.SPREADING));
        life.add(phaseDone(KeyRotation.Phase.SWITCHING));
        life.add(new ClusterCommand.CompleteKeyRotation(Samples.CLUSTER, ClusterKey.SERVICE_ACCOUNT));
        life.add(phaseDone(KeyRotation.Phase.DROPPING));
        Command ask = sample("AskForWork");
        life.add(sample("SetMaintenanceWindows"));
        life.add(ask);
        life.add(sample("DropPlannedWork"));
        life.add(ask);
        life.add(sample("BeginPlannedWork"));
        encryptionRotation(life, 2);
        life.add(sample("DoWorkNow"));
        encryptionRotation(life, 3);
        life.add(new NodePoolCommand.DeleteNodePool(Samples.POOL));
        leave(life, Samples.WORKER);
        life.add(new NodePoolCommand.ConfirmPoolDeleted(Samples.POOL));
        life.add(new ClusterCommand.ReleasePoolName(Samples.CLUSTER, Samples.POOL));
        life.add(new ClusterCommand.DeleteCluster(Samples.CLUSTER));
        life.add(new ClusterCommand.RequestControlPlaneRemoval(Samples.CLUSTER));
        life.add(new ClusterCommand.ReportDeletionDelayed(Samples.CLUSTER, "control plane"));
        life.add(new ClusterCommand.RecordControlPlaneRemoved(Samples.CLUSTER, 1));
        leave(life, Samples.LOAD_BALANCER);
        life.add(new NetworkCommand.ReleaseNetwork(Samples.REGION, Samples.CLUSTER));
        life.add(new OrganizationCommand.ReleaseClusterName(Samples.ORGANIZATION, Samples.CLUSTER));
        life.add(new ClusterCommand.ConfirmDeleted(Samples.CLUSTER));
        return life;
    }

    /** One that is obstructed, and one that becomes a sleep and ends. */
    private static void sleep(List<Command> life) {
        Command hibernate = sample("HibernateCluster");
        life.add(hibernate);
        life.add(sample("RecordHibernationObstructed"));
        life.add(sample("WakeCluster"));
        life.add(hibernate);
        life.add(new ClusterCommand.RecordHibernationPrepared(Samples.CLUSTER, 1, 2, ""));
        life.add(new NodePoolCommand.HibernateNodePool(Samples.POOL));
        life.add(new NodePoolCommand.RecordPoolHibernated(Samples.POOL));
        life.add(sample("ReportHibernationDelayed"));
        life.add(new ClusterCommand.MarkNodesAsleep(Samples.CLUSTER));
        life.add(asleep(ClusterHibernation.Phase.API_STOPPING));
        life.add(asleep(ClusterHibernation.Phase.ETCD_STOPPING));
        life.add(sample("WakeCluster"));
        life.add(asleep(ClusterHibernation.Phase.CERTIFICATES));
        life.add(asleep(ClusterHibernation.Phase.ETCD_STARTING));
        life.add(asleep(ClusterHibernation.Phase.API_STARTING));
        life.add(asleep(ClusterHibernation.Phase.CONTROLLERS_STARTING));
        life.add(new NodePoolCommand.WakeNodePool(Samples.POOL));
        life.add(new ClusterCommand.MarkAwake(Samples.CLUSTER));
    }

    private static Command asleep(ClusterHibernation.Phase phase) {
        return new ClusterCommand.RecordHibernationPhaseDone(Samples.CLUSTER, 1, 2, phase);
    }

    private static void machine(List<Command> life, MachineId id, @Nullable NodePoolId pool, MachineRole role) {
        life.add(new NetworkCommand.ReserveMachine(
                Samples.REGION, id, Samples.CLUSTER, pool, Samples.ORGANIZATION, role, "m", Samples.SHAPE));
        life.add(new MachineCommand.RecordMachineCloned(id, 1));
        life.add(new MachineCommand.RecordMachineConfigured(id, 1));
        life.add(new MachineCommand.RecordMachineStarted(id, 1, "10.0.0.9"));
        life.add(new MachineCommand.RecordMachineReady(id, 1));
    }

    private static void leave(List<Command> life, MachineId id) {
        life.add(new MachineCommand.RetireMachine(id));
        life.add(new MachineCommand.RecordMachineDeleted(id, 1));
        life.add(new NetworkCommand.ReleaseVmId(Samples.REGION, id));
    }

    private static Command phaseDone(KeyRotation.Phase phase) {
        return new ClusterCommand.RecordKeyPhaseDone(Samples.CLUSTER, 1, ClusterKey.SERVICE_ACCOUNT, 2, phase);
    }

    private static void encryptionRotation(List<Command> life, int generation) {
        for (KeyRotation.Phase phase : KeyRotation.Phase.values()) {
            if (phase != KeyRotation.Phase.STEADY) {
                life.add(new ClusterCommand.RecordKeyPhaseDone(
                        Samples.CLUSTER, 1, ClusterKey.ENCRYPTION, generation, phase));
            }
        }
    }

    private static Command sample(String name) {
        return Samples.COMMANDS.stream()
                .filter(command -> isOneOf(command, name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOneOf(Command command, String... names) {
        return List.of(names).contains(command.getClass().getSimpleName());
    }
}
