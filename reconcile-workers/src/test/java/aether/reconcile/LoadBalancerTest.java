package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterStatus;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.hypervisor.VirtualMachine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load balancer is told, through the real workers and the sandbox's hypervisor. */
@Tag("slow")
class LoadBalancerTest {

    @TempDir
    Path directory;

    @Test
    void whatItForwardsToAndForWhomReachesItWhileItRuns() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape.Outside outside = world.outside();
            Landscape landscape = new Landscape(outside, Breaker.everywhere());
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty()
                    && told(outside).contains("server api "));
            assertThat(told(outside)).contains("bind 10.30.0.2:6443").contains("frontend konnectivity");
            assertThat(told(outside).split("frontend konnectivity", -1)[0]).doesNotContain("reject");

            landscape.ask(new ClusterCommand.SetAuthorizedCidrs(Tenant.CLUSTER, List.of("203.0.113.0/24")));
            landscape.runUntil(() -> told(outside).contains("acl allowed src 203.0.113.0/24\n"));
            assertThat(told(outside)).as("its nodes").containsPattern("acl allowed src 10\\.20\\.[0-9]+\\.0/24\n");
            assertThat(cards(outside))
                    .as("the card keeps out who is not on the list, and the node's card everybody else's node")
                    .containsExactlyInAnyOrder(
                            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "10.20.0.0/24", "203.0.113.0/24"),
                            List.of("10.20.0.0/24"));

            landscape.ask(new ClusterCommand.SetAuthorizedCidrs(Tenant.CLUSTER, List.of()));
            landscape.runUntil(() -> !told(outside).contains("203.0.113.0/24"));
            assertThat(world.count("vms"))
                    .as("the balancer of before, and the node")
                    .isEqualTo(2);
            assertThat(world.doubles()).isEmpty();
        }
    }

    private static String told(Landscape.Outside outside) {
        return outside.hypervisor().tagged("aether-cluster-" + Tenant.CLUSTER).stream()
                .map(VirtualMachine::told)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** From where each machine is reached. */
    private static List<List<String>> cards(Landscape.Outside outside) {
        return outside.hypervisor().tagged("aether-cluster-" + Tenant.CLUSTER).stream()
                .map(machine -> machine.firewall()
                        .lines()
                        .filter(line -> line.startsWith("IN ACCEPT -source "))
                        .map(line -> line.split(" ", -1)[3])
                        .distinct()
                        .toList())
                .toList();
    }
}
