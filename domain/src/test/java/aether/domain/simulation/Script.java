package aether.domain.simulation;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.cluster.HibernationReason;
import aether.domain.cluster.MaintenanceWindow;
import aether.domain.cluster.PauseReason;
import aether.domain.kernel.Command;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineShape;
import aether.domain.machine.MachineState;
import aether.domain.machine.MachineStatus;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolState;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugCommand;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Customers, faults and chance, from one source of random numbers. */
final class Script {

    static final OrganizationId ORGANIZATION = new OrganizationId(NameBasedId.of("organization"));
    static final String REGION = "small";
    private static final MachineShape SHAPE = new MachineShape(1, 1, 10);
    private static final int FIRST_VM_ID = 100;
    private static final int LAST_VM_ID = 106;
    private static final int STEPS = 250;

    private final Platform platform;
    private final RandomGenerator chance;
    private final List<Runnable> lateDeadlines = new ArrayList<>();

    Script(Platform platform, RandomGenerator chance) {
        this.platform = platform;
        this.chance = chance;
    }

    /** An organization and a region in which not everything fits. */
    static void open(Platform platform) {
        platform.log().send(new SlugCommand.RegisterOrganization("acme", ORGANIZATION, "Acme"));
        platform.log()
                .send(new NetworkCommand.OpenRegion(
                        REGION,
                        Ipv4Block.parse("10.64.0.0/23").orElseThrow(),
                        Ipv4Block.parse("10.128.0.0/29").orElseThrow(),
                        FIRST_VM_ID,
                        LAST_VM_ID));
    }

    /** Plays, and looks at every step whether a law is broken. */
    void play(Runnable laws) {
        for (int step = 0; step < STEPS; step++) {
            Platform.survive(this::anything);
            laws.run();
        }
    }

    private void anything() {
        switch (chance.nextInt(24)) {
            case 0, 1, 2 -> customer();
            case 3 -> lose();
            case 4 -> fireDeadline();
            case 5 -> {
                if (!lateDeadlines.isEmpty()) {
                    lateDeadlines.get(chance.nextInt(lateDeadlines.size())).run();
                }
            }
            case 6 -> platform.repeat(chance.nextInt(10));
            case 7 ->
                platform.dieAt(
                        platform.sends() + chance.nextInt(4),
                        chance.nextBoolean() ? Platform.Death.BEFORE_SENDING : Platform.Death.AFTER_SENDING);
            case 8, 9, 10, 11, 12, 13 -> work();
            default -> {
                if (platform.hasNews()) {
                    platform.step();
                }
            }
        }
        lateDeadlines.addAll(platform.deadlines());
    }

    private void fireDeadline() {
        List<Runnable> running = platform.deadlines();
        if (!running.isEmpty()) {
            running.get(chance.nextInt(running.size())).run();
        }
    }

    private void work() {
        List<Command> due = Worker.due(platform.log());
        if (!due.isEmpty()) {
            platform.log().send(due.get(chance.nextInt(due.size())));
        }
    }

    private void lose() {
        platform.log().machines().values().stream()
                .filter(machine -> machine.status() == MachineStatus.READY)
                .map(MachineState::reservation)
                .map(Objects::requireNonNull)
                .skip(chance.nextInt(3))
                .findFirst()
                .ifPresent(machine ->
                        platform.log().send(new MachineCommand.RecordMachineLost(machine.machineId(), 1, "unplugged")));
    }

    private void customer() {
        MemoryLog log = platform.log();
        String name = "cluster-" + chance.nextInt(3);
        ClusterId cluster =
                log.organization(ORGANIZATION.stream()).clusterNamed(name).orElse(null);
        if (cluster == null) {
            long claims = log.organization(ORGANIZATION.stream()).claims();
            log.send(new OrganizationCommand.RequestCluster(
                    ORGANIZATION,
                    new ClusterId(NameBasedId.of(name, claims)),
                    name,
                    REGION,
                    KubernetesVersion.SUPPORTED.getFirst(),
                    false,
                    Channel.API));
            return;
        }
        switch (chance.nextInt(20)) {
            case 0 -> log.send(new ClusterCommand.DeleteCluster(cluster));
            case 1 -> log.send(new ClusterCommand.UpgradeCluster(cluster, KubernetesVersion.SUPPORTED.get(1)));
            case 2 -> log.send(new ClusterCommand.RotateAuthority(cluster, authority()));
            case 3 -> log.send(new ClusterCommand.CompleteAuthorityRotation(cluster, authority()));
            case 4 -> log.send(new ClusterCommand.RotateKey(cluster, key()));
            case 5 -> log.send(new ClusterCommand.CompleteKeyRotation(cluster, key()));
            case 6 -> log.send(new ClusterCommand.AbandonUpgrade(cluster));
            case 7 ->
                log.send(new ClusterCommand.PauseCluster(
                        cluster, Instant.EPOCH, Instant.EPOCH.plusSeconds(60), PauseReason.MAINTENANCE, ""));
            case 8 -> log.send(new ClusterCommand.ResumeCluster(cluster));
            case 9 ->
                log.send(new ClusterCommand.SetMaintenanceWindows(
                        cluster,
                        Instant.EPOCH,
                        chance.nextBoolean()
                                ? List.of()
                                : List.of(new MaintenanceWindow(List.of(DayOfWeek.SATURDAY), 0, 60))));
            case 10 ->
                log.send(new ClusterCommand.AskForWork(
                        cluster, Instant.EPOCH, DisruptiveWork.UPGRADE, KubernetesVersion.SUPPORTED.get(1)));
            case 11 -> log.send(new ClusterCommand.HibernateCluster(cluster, HibernationReason.UNUSED, ""));
            case 12, 13 -> log.send(new ClusterCommand.WakeCluster(cluster));
            default -> pool(log, cluster, log.cluster(cluster.stream()));
        }
    }

    private ClusterKey key() {
        return chance.nextBoolean() ? ClusterKey.ENCRYPTION : ClusterKey.SERVICE_ACCOUNT;
    }

    private CertificateAuthority authority() {
        return switch (chance.nextInt(3)) {
            case 0 -> CertificateAuthority.ETCD;
            case 1 -> CertificateAuthority.FRONT_PROXY;
            default -> CertificateAuthority.CLUSTER;
        };
    }

    private void pool(MemoryLog log, ClusterId cluster, ClusterState state) {
        String name = "pool-" + chance.nextInt(2);
        NodePoolId pool = state.poolNamed(name).orElse(null);
        int min = chance.nextInt(4);
        int max = Math.max(1, min + chance.nextInt(2));
        if (pool == null) {
            NodePoolId id = new NodePoolId(NameBasedId.of(cluster, name, state.poolClaims()));
            log.send(new ClusterCommand.RequestNodePool(cluster, id, name, min, max, SHAPE));
        } else if (chance.nextInt(4) == 0) {
            log.send(new NodePoolCommand.DeleteNodePool(pool));
        } else if (chance.nextInt(4) == 0) {
            log.send(new NodePoolCommand.RollNodePool(pool));
        } else {
            log.send(new NodePoolCommand.ScaleNodePool(pool, min, max));
        }
    }

    /** Asks for the end of every cluster. */
    static void deleteEverything(MemoryLog log) {
        for (ClusterState cluster : List.copyOf(log.clusters().values())) {
            if (cluster.status() != ClusterStatus.DELETED) {
                log.send(new ClusterCommand.DeleteCluster(
                        Objects.requireNonNull(cluster.request()).clusterId()));
            }
        }
    }

    /** Wakes every cluster that sleeps or is on its way into it. */
    static void wakeEverything(MemoryLog log) {
        for (ClusterState cluster : List.copyOf(log.clusters().values())) {
            if (cluster.status() != ClusterStatus.DELETED) {
                log.send(new ClusterCommand.WakeCluster(
                        Objects.requireNonNull(cluster.request()).clusterId()));
            }
        }
    }

    /** Whether a pool may wait: its cluster failed, or the region has nothing left. */
    static boolean mayWait(MemoryLog log, NodePoolState pool) {
        NodePoolEvent.NodePoolRequested request = Objects.requireNonNull(pool.request());
        ClusterStatus cluster = log.cluster(request.clusterId().stream()).status();
        return cluster == ClusterStatus.FAILED || isFull(log);
    }

    /** Whether the region has no VM id left, so that pools may have to wait. */
    static boolean isFull(MemoryLog log) {
        return log.region(NetworkCommand.stream(REGION)).vmIds().size() == LAST_VM_ID - FIRST_VM_ID + 1;
    }
}
