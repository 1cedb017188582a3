package aether.domain.network;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.samples.Decided;
import aether.domain.samples.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkDeciderTest {

    private static final Ipv4Block WORKERS = block("10.0.0.0/23");
    private static final Ipv4Block LOAD_BALANCERS = block("10.1.0.0/29");
    private final NetworkState open =
            NetworkState.ABSENT.apply(new NetworkEvent.RegionOpened(Samples.REGION, WORKERS, LOAD_BALANCERS, 7, 8));

    @Test
    void opensARegionOnceWithOnePlan() {
        NetworkCommand.OpenRegion same = new NetworkCommand.OpenRegion(Samples.REGION, WORKERS, LOAD_BALANCERS, 7, 8);
        NetworkCommand.OpenRegion other = new NetworkCommand.OpenRegion(Samples.REGION, WORKERS, LOAD_BALANCERS, 7, 9);

        assertThat(Decided.events(NetworkDecider.decide(NetworkState.ABSENT, same)))
                .containsExactly(new NetworkEvent.RegionOpened(Samples.REGION, WORKERS, LOAD_BALANCERS, 7, 8));
        assertThat(Decided.events(NetworkDecider.decide(open, same))).isEmpty();
        assertThat(Decided.code(NetworkDecider.decide(open, other))).isEqualTo("region_plan_differs");
    }

    @ParameterizedTest
    @CsvSource({
        "EU, 10.0.0.0/16, 10.1.0.0/24, 1, 9, region",
        "eu, 10.0.0.0/25, 10.1.0.0/24, 1, 9, workers",
        "eu, 10.0.0.0/16, 10.0.9.0/24, 1, 9, load_balancers",
        "eu, 10.0.9.0/24, 10.0.0.0/16, 1, 9, load_balancers",
        "eu, 10.0.0.0/16, 10.1.0.0/24, 0, 9, last_vm_id",
        "eu, 10.0.0.0/16, 10.1.0.0/24, 9, 8, last_vm_id"
    })
    void refusesAPlanThatCannotBeKept(
            String region, String workers, String loadBalancers, int first, int last, String field) {
        assertThat(Decided.rejection(NetworkDecider.decide(
                                NetworkState.ABSENT,
                                new NetworkCommand.OpenRegion(
                                        region, block(workers), block(loadBalancers), first, last)))
                        .field())
                .isEqualTo(field);
    }

    @Test
    void givesTheLowestThatIsFree() {
        NetworkState two = allocate(allocate(open, cluster(1)), cluster(2));
        NetworkState firstGaveBack = release(two, cluster(1));

        assertThat(two.networks().get(cluster(2)))
                .isEqualTo(new NetworkEvent.NetworkAllocated(
                        Samples.REGION, cluster(2), block("10.0.1.0/24"), "10.1.0.3"));
        assertThat(allocate(firstGaveBack, cluster(3)).networks().get(cluster(3)))
                .isEqualTo(new NetworkEvent.NetworkAllocated(
                        Samples.REGION, cluster(3), block("10.0.0.0/24"), "10.1.0.2"));
    }

    @Test
    void refusesWhenASubnetOrAnAddressIsMissing() {
        NetworkState two = allocate(allocate(open, cluster(1)), cluster(2));
        NetworkState narrow = NetworkState.ABSENT.apply(
                new NetworkEvent.RegionOpened(Samples.REGION, WORKERS, block("10.1.0.0/30"), 7, 8));

        assertThat(Decided.rejection(NetworkDecider.decide(two, allocation(cluster(3))))
                        .message())
                .isEqualTo("Expected a free worker subnet in region 'eu-1', but all 2 are taken.");
        assertThat(Decided.rejection(NetworkDecider.decide(allocate(narrow, cluster(1)), allocation(cluster(2))))
                        .message())
                .isEqualTo("Expected a free load-balancer address in region 'eu-1', but all 1 are taken.");
    }

    @Test
    void reservesAMachineWithItsIdAndAddress() {
        NetworkState state = allocate(open, cluster(1));

        List<DomainEvent> events = Decided.events(
                NetworkDecider.decide(state, reserve(cluster(1), machine(1), MachineRole.LOAD_BALANCER)));

        assertThat(events)
                .first()
                .isEqualTo(new NetworkEvent.VmIdClaimed(Samples.REGION, machine(1), cluster(1), 7, "10.1.0.2"));
        assertThat(events).last().isInstanceOfSatisfying(MachineEvent.MachineReserved.class, reserved -> {
            assertThat(reserved.vmId()).isEqualTo(7);
            assertThat(reserved.address()).isEqualTo("10.1.0.2");
        });
        assertThat(Decided.events(NetworkDecider.decide(state, reserve(cluster(1), machine(1), MachineRole.WORKER))))
                .last()
                .isInstanceOfSatisfying(
                        MachineEvent.MachineReserved.class,
                        reserved -> assertThat(reserved.address()).isEqualTo("10.0.0.2"));
    }

    @Test
    void givesEachWorkerTheLowestAddressOfItsClustersSubnetThatIsFree() {
        NetworkState state = allocate(allocate(open, cluster(1)), cluster(2));
        state = state.apply(new NetworkEvent.VmIdClaimed(Samples.REGION, machine(1), cluster(1), 1, "10.0.0.2"));
        state = state.apply(new NetworkEvent.VmIdClaimed(Samples.REGION, machine(2), cluster(1), 2, "10.0.0.3"));
        state = state.apply(new NetworkEvent.VmIdReleased(Samples.REGION, machine(1), cluster(1), 1));

        assertThat(workerAddress(state, cluster(1))).isEqualTo("10.0.0.2");
        assertThat(workerAddress(state, cluster(2))).isEqualTo("10.0.1.2");
    }

    @Test
    void refusesAWorkerWhenItsClustersSubnetIsFullThoughTheRegionIsNot() {
        NetworkState wide = NetworkState.ABSENT.apply(
                new NetworkEvent.RegionOpened(Samples.REGION, WORKERS, LOAD_BALANCERS, 1, 999));
        NetworkState state = allocate(allocate(wide, cluster(1)), cluster(2));
        for (int worker = 0; worker < 253; worker++) {
            state = apply(
                    state,
                    Decided.events(NetworkDecider.decide(
                                    state, reserve(cluster(1), machine(worker), MachineRole.WORKER)))
                            .subList(0, 1));
        }
        assertThat(state.vmIds().values())
                .extracting(NetworkEvent.VmIdClaimed::address)
                .doesNotHaveDuplicates()
                .contains("10.0.0.2", "10.0.0.254");

        assertThat(Decided.code(NetworkDecider.decide(state, reserve(cluster(1), machine(300), MachineRole.WORKER))))
                .isEqualTo("worker_subnet_full");
        assertThat(Decided.events(
                        NetworkDecider.decide(state, reserve(cluster(1), machine(301), MachineRole.LOAD_BALANCER))))
                .isNotEmpty();
        assertThat(workerAddress(state, cluster(2))).isEqualTo("10.0.1.2");
    }

    private static String workerAddress(NetworkState state, ClusterId cluster) {
        return Decided.events(NetworkDecider.decide(state, reserve(cluster, machine(9_999), MachineRole.WORKER)))
                .stream()
                .filter(MachineEvent.MachineReserved.class::isInstance)
                .map(event -> ((MachineEvent.MachineReserved) event).address())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesAMachineWithoutNetworkOrVmId() {
        NetworkState full = claim(claim(allocate(open, cluster(1)), machine(1), 7), machine(2), 8);

        assertThat(Decided.code(NetworkDecider.decide(open, reserve(cluster(1), machine(1), MachineRole.WORKER))))
                .isEqualTo("network_not_allocated");
        assertThat(Decided.code(NetworkDecider.decide(full, reserve(cluster(1), machine(3), MachineRole.WORKER))))
                .isEqualTo("region_exhausted");
        assertThat(Decided.events(NetworkDecider.decide(full, reserve(cluster(1), machine(2), MachineRole.WORKER))))
                .isEmpty();
    }

    @Test
    void givesBackWhatIsHeldAndNothingElse() {
        NetworkState state = claim(allocate(open, cluster(1)), machine(1), 7);

        assertThat(Decided.events(
                        NetworkDecider.decide(state, new NetworkCommand.ReleaseVmId(Samples.REGION, machine(1)))))
                .containsExactly(new NetworkEvent.VmIdReleased(Samples.REGION, machine(1), cluster(1), 7));
        assertThat(Decided.events(
                        NetworkDecider.decide(state, new NetworkCommand.ReleaseVmId(Samples.REGION, machine(2)))))
                .isEmpty();
        assertThat(Decided.events(
                        NetworkDecider.decide(state, new NetworkCommand.ReleaseNetwork(Samples.REGION, cluster(2)))))
                .isEmpty();
    }

    @Test
    void refusesEverythingInARegionThatIsNotOpen() {
        assertThat(Decided.code(NetworkDecider.decide(NetworkState.ABSENT, allocation(cluster(1)))))
                .isEqualTo("region_unknown");
    }

    private static NetworkState allocate(NetworkState state, ClusterId cluster) {
        return apply(state, Decided.events(NetworkDecider.decide(state, allocation(cluster))));
    }

    private static NetworkState release(NetworkState state, ClusterId cluster) {
        return apply(
                state,
                Decided.events(
                        NetworkDecider.decide(state, new NetworkCommand.ReleaseNetwork(Samples.REGION, cluster))));
    }

    private static NetworkState claim(NetworkState state, MachineId machine, int vmId) {
        return state.apply(new NetworkEvent.VmIdClaimed(Samples.REGION, machine, cluster(1), vmId, "10.0.0." + vmId));
    }

    private static NetworkState apply(NetworkState state, List<DomainEvent> events) {
        NetworkState next = state;
        for (DomainEvent event : events) {
            next = next.apply((NetworkEvent) event);
        }
        return next;
    }

    private static NetworkCommand.AllocateNetwork allocation(ClusterId cluster) {
        return new NetworkCommand.AllocateNetwork(Samples.REGION, cluster);
    }

    private static NetworkCommand.ReserveMachine reserve(ClusterId cluster, MachineId machine, MachineRole role) {
        return new NetworkCommand.ReserveMachine(
                Samples.REGION, machine, cluster, null, Samples.ORGANIZATION, role, "m", Samples.SHAPE);
    }

    private static ClusterId cluster(int number) {
        return new ClusterId(NameBasedId.of("cluster", number));
    }

    private static MachineId machine(int number) {
        return new MachineId(NameBasedId.of("machine", number));
    }

    private static Ipv4Block block(String text) {
        return Ipv4Block.parse(text).orElseThrow();
    }
}
