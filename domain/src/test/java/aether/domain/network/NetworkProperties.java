package aether.domain.network;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Decision;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.samples.Samples;
import aether.domain.simulation.MemoryLog;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class NetworkProperties {

    private static final int CLUSTERS = 9;
    private static final NetworkCommand.OpenRegion PLAN = new NetworkCommand.OpenRegion(
            Samples.REGION,
            Ipv4Block.parse("10.0.0.0/22").orElseThrow(),
            Ipv4Block.parse("10.1.0.0/29").orElseThrow(),
            1,
            6);

    @Provide
    Arbitrary<NetworkCommand> wishes() {
        Arbitrary<ClusterId> clusters = Arbitraries.integers()
                .between(1, CLUSTERS)
                .map(number -> new ClusterId(NameBasedId.of("cluster", number)));
        Arbitrary<MachineId> machines =
                Arbitraries.integers().between(1, 12).map(number -> new MachineId(NameBasedId.of("machine", number)));
        return Arbitraries.oneOf(
                clusters.map(cluster -> new NetworkCommand.AllocateNetwork(Samples.REGION, cluster)),
                clusters.map(cluster -> new NetworkCommand.ReleaseNetwork(Samples.REGION, cluster)),
                machines.map(machine -> new NetworkCommand.ReleaseVmId(Samples.REGION, machine)));
    }

    @Property
    void noTwoClustersEverShareAnything(@ForAll @Size(max = 80) List<@From("wishes") NetworkCommand> wishes) {
        MemoryLog log = opened();

        for (NetworkCommand wish : wishes) {
            log.send(wish);

            var held = log.region(PLAN.stream()).networks().values();
            assertThat(held)
                    .map(NetworkEvent.NetworkAllocated::workerSubnet)
                    .doesNotHaveDuplicates()
                    .allMatch(subnet -> subnet.prefix() == 24 && PLAN.workers().contains(subnet));
            assertThat(held)
                    .map(NetworkEvent.NetworkAllocated::loadBalancerAddress)
                    .doesNotHaveDuplicates()
                    .doesNotContain("10.1.0.0", "10.1.0.1", "10.1.0.7");
        }
    }

    @Property
    void whatIsGivenBackCanBeTakenAgain(@ForAll @Size(max = 80) List<@From("wishes") NetworkCommand> wishes) {
        MemoryLog log = opened();
        wishes.forEach(log::send);

        for (int number = 1; number <= CLUSTERS; number++) {
            log.send(new NetworkCommand.ReleaseNetwork(
                    Samples.REGION, new ClusterId(NameBasedId.of("cluster", number))));
        }

        assertThat(log.region(PLAN.stream())).isEqualTo(opened().region(PLAN.stream()));
    }

    @Property
    void aRefusalMeansThatEverythingIsTaken(@ForAll @Size(max = 80) List<@From("wishes") NetworkCommand> wishes) {
        MemoryLog log = opened();

        for (NetworkCommand wish : wishes) {
            if (log.decide(wish) instanceof Decision.Refused<?>) {
                assertThat(log.region(PLAN.stream()).networks()).hasSize(4);
            }
            log.send(wish);
        }
    }

    @Property
    void vmIdsStayInThePlanAndApart(@ForAll @Size(max = 20) List<Boolean> reserveOrRelease) {
        MemoryLog log = opened();
        ClusterId cluster = new ClusterId(NameBasedId.of("cluster", 1));
        log.send(new NetworkCommand.AllocateNetwork(Samples.REGION, cluster));
        int next = 0;
        int oldest = 0;

        for (boolean reserve : reserveOrRelease) {
            log.send(
                    reserve
                            ? new NetworkCommand.ReserveMachine(
                                    Samples.REGION,
                                    new MachineId(NameBasedId.of("machine", next++)),
                                    cluster,
                                    null,
                                    Samples.ORGANIZATION,
                                    MachineRole.WORKER,
                                    "m",
                                    Samples.SHAPE)
                            : new NetworkCommand.ReleaseVmId(
                                    Samples.REGION, new MachineId(NameBasedId.of("machine", oldest++))));

            assertThat(log.region(PLAN.stream()).vmIds().values())
                    .map(NetworkEvent.VmIdClaimed::vmId)
                    .doesNotHaveDuplicates()
                    .allMatch(vmId -> vmId >= 1 && vmId <= 6);
        }
    }

    private static MemoryLog opened() {
        MemoryLog log = new MemoryLog();
        log.send(PLAN);
        return log;
    }
}
