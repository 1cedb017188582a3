package aether.reconcile.process;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.HibernationReason;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.machine.MachineShape;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import aether.domain.process.PoolData;
import aether.domain.process.PoolMember;
import aether.domain.process.ProvisionCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of one tenant, to try tables with. */
final class SampleEvents {

    static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    static final ClusterId CLUSTER = new ClusterId(new UUID(2, 2));
    static final NodePoolId POOL = new NodePoolId(new UUID(3, 3));
    private static final String REGION = "north";
    private static final KubernetesVersion VERSION = new KubernetesVersion(1, 34, 1);
    private static final MachineShape SHAPE = new MachineShape(2, 4, 20);
    private static final MachineId BALANCER = ProvisionCluster.loadBalancerOf(CLUSTER);
    private static final MachineId WORKER = new MachineId(new UUID(4, 4));

    private SampleEvents() {}

    /** Of a cluster, its load balancer, one worker and one pool. */
    static List<DomainEvent> ofCluster() {
        return List.of(
                new ClusterEvent.ClusterRequested(CLUSTER, ORGANIZATION, "acme", REGION, VERSION, false, Channel.API),
                new NetworkEvent.NetworkAllocated(
                        REGION, CLUSTER, Ipv4Block.parse("10.1.0.0/24").orElseThrow(), "10.2.0.2"),
                new MachineEvent.MachineReady(BALANCER, CLUSTER, null, MachineRole.LOAD_BALANCER, 1),
                new MachineEvent.MachineReady(WORKER, CLUSTER, POOL, MachineRole.WORKER, 1),
                new ClusterEvent.EndpointPublished(CLUSTER, "10.2.0.2", 6443),
                new ClusterEvent.CertificatesIssued(CLUSTER, 1, "ab", Instant.EPOCH),
                new ClusterEvent.ControlPlaneReady(CLUSTER, 1, VERSION),
                new ClusterEvent.AddonsInstalled(CLUSTER, 1),
                new NodePoolEvent.NodePoolRequested(
                        POOL, CLUSTER, ORGANIZATION, "acme", REGION, "blue", 1, 1, SHAPE, false),
                new NodePoolEvent.NodePoolRunning(POOL, CLUSTER, 1),
                new ClusterEvent.ClusterRunning(CLUSTER),
                new NodePoolEvent.NodePoolDeleted(POOL, CLUSTER),
                new ClusterEvent.PoolNameReleased(CLUSTER, "blue", POOL),
                new ClusterEvent.ClusterFailed(CLUSTER, ProvisioningStage.NETWORK, "late"),
                new ClusterEvent.ControlPlaneRemoved(CLUSTER, 1),
                new MachineEvent.MachineDeleted(WORKER, CLUSTER, POOL, MachineRole.WORKER, 1),
                new MachineEvent.MachineDeleted(BALANCER, CLUSTER, null, MachineRole.LOAD_BALANCER, 1),
                new ClusterEvent.ClusterDeletionRequested(CLUSTER, ORGANIZATION, REGION, List.of(POOL)),
                new ClusterEvent.ClusterDeletionRequested(CLUSTER, ORGANIZATION, REGION, List.of()));
    }

    /** Of the rotation of a cluster's CA, with one pool and without. */
    static List<DomainEvent> ofRotation() {
        return List.of(
                new ClusterEvent.AuthorityRotationStarted(CLUSTER, CertificateAuthority.CLUSTER, 2),
                new ClusterEvent.AuthorityTrusted(CLUSTER, 1, CertificateAuthority.CLUSTER, 2, "ab", Instant.EPOCH),
                new ClusterEvent.AuthoritySigning(CLUSTER, 1, CertificateAuthority.CLUSTER, 2, List.of(POOL)),
                new ClusterEvent.AuthoritySigning(CLUSTER, 1, CertificateAuthority.CLUSTER, 2, List.of()),
                new NodePoolEvent.NodePoolRollStarted(POOL, CLUSTER, 1),
                new NodePoolEvent.NodePoolRolled(POOL, CLUSTER, 1),
                new NodePoolEvent.NodePoolDeleted(POOL, CLUSTER),
                new ClusterEvent.AuthorityRotationPrepared(CLUSTER, CertificateAuthority.CLUSTER, 2),
                new ClusterEvent.AuthorityRotationCompleting(CLUSTER, CertificateAuthority.CLUSTER, 2),
                new ClusterEvent.AuthorityLeavesReissued(CLUSTER, 1, CertificateAuthority.CLUSTER, 2),
                new ClusterEvent.AuthorityRetired(CLUSTER, 1, CertificateAuthority.CLUSTER, 2),
                new ClusterEvent.ClusterDeletionRequested(CLUSTER, ORGANIZATION, REGION, List.of(POOL)));
    }

    /** Of an upgrade, with one pool and without. */
    static List<DomainEvent> ofUpgrade() {
        KubernetesVersion to = KubernetesVersion.SUPPORTED.getLast();
        return List.of(
                new ClusterEvent.ClusterUpgradeStarted(CLUSTER, KubernetesVersion.SUPPORTED.get(1), to),
                new ClusterEvent.ClusterUpgradePrepared(CLUSTER, 1, to, "", true),
                new ClusterEvent.ClusterUpgradePrepared(CLUSTER, 1, to, "", false),
                new ClusterEvent.EtcdUpgraded(CLUSTER, 1, to),
                new ClusterEvent.ClusterUpgradeServing(CLUSTER, 1, to),
                new ClusterEvent.ApiServersUpgraded(CLUSTER, 1, to),
                new ClusterEvent.ControlPlaneUpgraded(CLUSTER, 1, to, List.of(POOL)),
                new ClusterEvent.ControlPlaneUpgraded(CLUSTER, 1, to, List.of()),
                new NodePoolEvent.NodePoolRollStarted(POOL, CLUSTER, 1),
                new NodePoolEvent.NodePoolRolled(POOL, CLUSTER, 1),
                new NodePoolEvent.NodePoolDeleted(POOL, CLUSTER),
                new ClusterEvent.ClusterUpgradeAbandoned(CLUSTER, to, KubernetesVersion.SUPPORTED.get(1)),
                new ClusterEvent.ClusterUpgraded(CLUSTER, 1, to),
                new ClusterEvent.ClusterDeletionRequested(CLUSTER, ORGANIZATION, REGION, List.of(POOL)));
    }

    /** Of a hibernation and its end, with one pool and without. */
    static List<DomainEvent> ofHibernation() {
        return List.of(
                new ClusterEvent.ClusterHibernationStarted(CLUSTER, HibernationReason.UNUSED, ""),
                new ClusterEvent.HibernationPrepared(CLUSTER, 1, 1, "", List.of(POOL)),
                new ClusterEvent.HibernationPrepared(CLUSTER, 1, 1, "", List.of()),
                new ClusterEvent.HibernationObstructed(CLUSTER, 1, 1, "etcd-0 has no volume"),
                new NodePoolEvent.NodePoolHibernated(POOL, CLUSTER),
                new ClusterEvent.NodesAsleep(CLUSTER),
                new ClusterEvent.ClusterHibernated(CLUSTER, 1, 1),
                new ClusterEvent.ClusterWakeStarted(CLUSTER),
                new ClusterEvent.HibernationAdvanced(CLUSTER, 1, 1, ClusterHibernation.Phase.ETCD_STOPPING),
                new ClusterEvent.HibernationAdvanced(CLUSTER, 1, 1, ClusterHibernation.Phase.NODES_JOINING),
                new NodePoolEvent.NodePoolRunning(POOL, CLUSTER, 1),
                new ClusterEvent.PoolNameReleased(CLUSTER, "blue", POOL),
                new ClusterEvent.ClusterAwake(CLUSTER),
                new ClusterEvent.ClusterDeletionRequested(CLUSTER, ORGANIZATION, REGION, List.of(POOL)));
    }

    /** Of a pool and of the machines that it has at the moment. */
    static List<DomainEvent> ofPool(@Nullable PoolData data) {
        List<DomainEvent> events = new ArrayList<>(List.of(
                new NodePoolEvent.NodePoolRequested(
                        POOL, CLUSTER, ORGANIZATION, "acme", REGION, "blue", 1, 2, SHAPE, false),
                new NodePoolEvent.NodePoolRequested(
                        POOL, CLUSTER, ORGANIZATION, "acme", REGION, "blue", 0, 2, SHAPE, true),
                new ClusterEvent.AddonsInstalled(CLUSTER, 1),
                new NodePoolEvent.NodePoolScaled(POOL, CLUSTER, 0, 2, 0),
                new NodePoolEvent.NodePoolScaled(POOL, CLUSTER, 1, 2, 1),
                new NodePoolEvent.NodePoolRollStarted(POOL, CLUSTER, 1),
                new NodePoolEvent.NodePoolHibernationStarted(POOL, CLUSTER),
                new NodePoolEvent.NodePoolWoken(POOL, CLUSTER),
                new NodePoolEvent.NodePoolDeletionRequested(POOL, CLUSTER)));
        List<MachineId> machines = data == null
                ? List.of()
                : data.members().values().stream().map(PoolMember::machineId).toList();
        for (MachineId machine : machines.isEmpty() ? List.of(WORKER) : machines) {
            events.add(new MachineEvent.MachineReady(machine, CLUSTER, POOL, MachineRole.WORKER, 1));
            events.add(new MachineEvent.MachineLost(machine, CLUSTER, POOL, 1, "gone"));
            events.add(new MachineEvent.MachineDeleted(machine, CLUSTER, POOL, MachineRole.WORKER, 1));
        }
        return events;
    }
}
