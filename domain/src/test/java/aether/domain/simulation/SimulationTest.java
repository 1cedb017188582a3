package aether.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.KeyRotation;
import aether.domain.machine.MachineState;
import aether.domain.machine.MachineStatus;
import aether.domain.network.NetworkCommand;
import aether.domain.network.NetworkEvent;
import aether.domain.network.NetworkState;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolState;
import aether.domain.nodepool.NodePoolStatus;
import aether.domain.process.PoolData;
import aether.domain.process.Progress;
import aether.domain.process.ProvisionCluster;
import aether.domain.process.ScalePool;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Plays the same scripts at every build, so that a build says something of its change and not of its luck. Others are
 * tried with {@code -Daether.simulation.seeds=1000-50000}; a failure names the seed that shows it again.
 */
class SimulationTest {

    private static final String SEEDS = System.getProperty("aether.simulation.seeds", "0-499");

    /**
     * One lets waiting clusters run, one lets pools try again what others gave back meanwhile; and where a region is
     * full, pools that replace their nodes wait for one another's room, one per round.
     */
    private static final int DEADLINE_ROUNDS = 8;

    @Test
    void everythingSettlesAndEverythingIsGivenBack() {
        String[] bounds = SEEDS.split("-", 2);
        LongStream.rangeClosed(Long.parseLong(bounds[0]), Long.parseLong(bounds[1]))
                .forEach(seed -> {
                    try {
                        everythingSettlesAndEverythingIsGivenBack(seed);
                    } catch (AssertionError | RuntimeException e) {
                        throw new AssertionError("Expected a script to end well, but seed " + seed + " does not.", e);
                    }
                });
    }

    private static void everythingSettlesAndEverythingIsGivenBack(long seed) {
        Platform platform = new Platform();
        Script.open(platform);

        new Script(platform, new Random(seed)).play(() -> keepsTheLaws(platform.log()));
        platform.dieAt(-1, Platform.Death.NONE);
        platform.settle();
        keepsTheLaws(platform.log());
        onlyPoolsAreWaitedFor(platform);
        for (int round = 0; round < DEADLINE_ROUNDS; round++) {
            platform.deadlines().forEach(Runnable::run);
            platform.settle();
        }
        keepsTheLaws(platform.log());
        nothingIsStuck(platform);

        Script.wakeEverything(platform.log());
        platform.settle();
        for (int round = 0; round < DEADLINE_ROUNDS; round++) {
            platform.deadlines().forEach(Runnable::run);
            platform.settle();
        }
        keepsTheLaws(platform.log());
        nothingIsStuck(platform);
        assertThat(platform.log().clusters().values())
                .as("whatever was asleep is awake")
                .noneMatch(cluster -> cluster.status() == ClusterStatus.HIBERNATED);

        Script.deleteEverything(platform.log());
        platform.settle();
        keepsTheLaws(platform.log());
        nothingIsLeft(platform);
    }

    private static void keepsTheLaws(MemoryLog log) {
        NetworkState region = log.region(NetworkCommand.stream(Script.REGION));
        assertThat(region.networks().values())
                .map(NetworkEvent.NetworkAllocated::workerSubnet)
                .doesNotHaveDuplicates();
        assertThat(region.networks().values())
                .map(NetworkEvent.NetworkAllocated::loadBalancerAddress)
                .doesNotHaveDuplicates();
        assertThat(region.vmIds().values()).map(NetworkEvent.VmIdClaimed::vmId).doesNotHaveDuplicates();
        for (MachineState machine : log.machines().values()) {
            if (machine.status() != MachineStatus.DELETED) {
                var reservation = Objects.requireNonNull(machine.reservation());
                assertThat(region.vmIds())
                        .as("a machine that exists holds its VM id")
                        .containsKey(reservation.machineId());
                assertThat(region.networks())
                        .as("a machine that exists stands in its cluster's network")
                        .containsKey(reservation.clusterId());
            }
        }
        nobodyWorksInTheirSleep(log);
    }

    private static void nobodyWorksInTheirSleep(MemoryLog log) {
        for (MachineState machine : log.machines().values()) {
            var reservation = Objects.requireNonNull(machine.reservation());
            boolean asleep = log.cluster(reservation.clusterId().stream()).status() == ClusterStatus.HIBERNATED;
            if (asleep && reservation.poolId() != null) {
                assertThat(machine.status())
                        .as("a worker of a cluster that sleeps")
                        .isEqualTo(MachineStatus.DELETED);
            }
        }
    }

    /** Without a deadline, only a pool that found the region full keeps its cluster waiting. */
    private static void onlyPoolsAreWaitedFor(Platform platform) {
        platform.provision().kept().values().forEach(progress -> {
            if (progress.state() == ProvisionCluster.State.JOINING_POOLS) {
                assertThat(Objects.requireNonNull(progress.data()).pools())
                        .map(pool -> platform.log().pool(pool.stream()).status())
                        .contains(NodePoolStatus.DEGRADED);
            } else {
                assertThat(progress.state()).isEqualTo(ProvisionCluster.State.DONE);
            }
        });
    }

    private static void nothingIsStuck(Platform platform) {
        MemoryLog log = platform.log();
        assertThat(platform.provision().kept().values())
                .allMatch(progress -> Platform.isOver(platform.provision().table(), progress));
        assertThat(platform.retire().kept().values())
                .allMatch(progress -> Platform.isOver(platform.retire().table(), progress));
        for (ClusterState cluster : log.clusters().values()) {
            boolean upgrading = cluster.status() == ClusterStatus.UPGRADING && waitsForRoom(log, cluster);
            assertThat(cluster.status())
                    .isIn(
                            ClusterStatus.RUNNING,
                            ClusterStatus.HIBERNATED,
                            ClusterStatus.FAILED,
                            ClusterStatus.DELETED,
                            upgrading ? ClusterStatus.UPGRADING : ClusterStatus.RUNNING);
            if (cluster.status() == ClusterStatus.RUNNING) {
                rotationIsAtRest(log, cluster);
                keysAreAtRest(cluster);
            }
        }
        platform.scale().kept().forEach((id, progress) -> poolIsAtRest(log, id, progress));
    }

    /** It waits for the customer, or for nodes for which there is no room. */
    private static void rotationIsAtRest(MemoryLog log, ClusterState cluster) {
        assertThat(cluster.authorities().etcd().isRotating()).isFalse();
        assertThat(cluster.authorities().frontProxy().isRotating()).isFalse();
        assertThat(cluster.authorities().cluster().phase())
                .isIn(
                        ClusterAuthority.Phase.STEADY,
                        ClusterAuthority.Phase.PREPARED,
                        waitsForRoom(log, cluster)
                                ? ClusterAuthority.Phase.REJOINING
                                : ClusterAuthority.Phase.PREPARED);
    }

    private static boolean waitsForRoom(MemoryLog log, ClusterState cluster) {
        return cluster.pools().values().stream().anyMatch(pool -> Script.mayWait(log, log.pool(pool.stream())));
    }

    /** Nobody is waited for but the customer. */
    private static void keysAreAtRest(ClusterState cluster) {
        assertThat(cluster.keys().encryption().isUnderWay()).isFalse();
        assertThat(cluster.keys().serviceAccount().phase()).isIn(KeyRotation.Phase.STEADY, KeyRotation.Phase.REPLACING);
    }

    private static void poolIsAtRest(MemoryLog log, String id, Progress<ScalePool.State, PoolData> progress) {
        NodePoolState pool = log.pool(NodePoolId.parse(id).stream());
        switch (Objects.requireNonNull(progress.state())) {
            case STEADY -> {
                assertThat(pool.status()).isEqualTo(NodePoolStatus.RUNNING);
                assertThat(Objects.requireNonNull(progress.data()).members()).hasSize(pool.desired());
            }
            case HIBERNATED -> {
                assertThat(pool.status()).isEqualTo(NodePoolStatus.HIBERNATED);
                assertThat(log.cluster(pool.cluster().orElseThrow().stream()).status())
                        .isEqualTo(ClusterStatus.HIBERNATED);
            }
            case DONE -> assertThat(pool.status()).isEqualTo(NodePoolStatus.DELETED);
            case WAITING_FOR_CLUSTER, SCALING ->
                assertThat(Script.mayWait(log, pool))
                        .as("%s waits for what is not there", progress)
                        .isTrue();
            case DELETING, HIBERNATING ->
                throw new AssertionError("Expected the machines to be gone, but got " + progress);
        }
    }

    private static void nothingIsLeft(Platform platform) {
        MemoryLog log = platform.log();
        NetworkState region = log.region(NetworkCommand.stream(Script.REGION));
        assertThat(region.networks()).isEmpty();
        assertThat(region.vmIds()).isEmpty();
        assertThat(log.organization(Script.ORGANIZATION.stream()).clusterNames())
                .isEmpty();
        assertThat(log.clusters().values()).allMatch(cluster -> cluster.status() == ClusterStatus.DELETED);
        assertThat(log.clusters().values()).allMatch(cluster -> cluster.pools().isEmpty());
        assertThat(log.pools().values()).allMatch(pool -> pool.status() == NodePoolStatus.DELETED);
        assertThat(log.machines().values()).allMatch(machine -> machine.status() == MachineStatus.DELETED);
        platform.shells()
                .forEach(shell -> assertThat(shell.kept().values())
                        .allMatch(progress -> Platform.isOver(shell.table(), progress)));
    }
}
