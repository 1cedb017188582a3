package aether.reconcile.machines;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.machine.MachineStatus;
import aether.reconcile.render.RenderingOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What passes at the network card, seen by what is written for the hypervisor. */
class FirewallRenderingTest {

    private static final RenderingOptions SITE = new RenderingOptions("", Map.of()).dialling(List.of("192.0.2.0/28"));

    private static DesiredMachine worker(String address) {
        return SomeMachines.worker(MachineStatus.CLONED, address);
    }

    private static String balancer(List<String> authorized, RenderingOptions options) {
        return FirewallRendering.balancer(SomeMachines.balancer(authorized), Optional.of("10.96.7.7"), options);
    }

    private static List<String> rules(String file) {
        return file.lines().dropWhile(line -> !line.equals("[RULES]")).skip(1).toList();
    }

    @Test
    void aNodeSendsAsItselfAndIsReachedByItsOwnClusterAlone() {
        assertThat(FirewallRendering.worker(worker("10.64.0.2"), SITE)).isEqualTo("""
                # The network card of machine 00000000-0000-0004-0000-000000000004. Written by Aether and replaced whole.
                [OPTIONS]
                enable: 1
                ipfilter: 1
                macfilter: 1
                ndp: 0
                radv: 0
                policy_in: DROP
                policy_out: ACCEPT
                dhcp: 0
                [IPSET ipfilter-net0]
                10.64.0.2
                [RULES]
                IN ACCEPT -source 10.64.0.0/24
                """);
    }

    @Test
    void aNodeWithALeasedAddressSendsFromItsClustersBlockAlone() {
        assertThat(FirewallRendering.worker(worker(""), SITE))
                .contains("dhcp: 1\n[IPSET ipfilter-net0]\n10.64.0.0/24\n");
    }

    @Test
    void withoutTunnelsThePlatformReachesKubelets() {
        assertThat(rules(FirewallRendering.worker(worker("10.64.0.2"), SITE.withoutKonnectivity())))
                .containsExactly(
                        "IN ACCEPT -source 10.64.0.0/24", "IN ACCEPT -source 192.0.2.0/28 -p tcp -dport 10250");
    }

    @Test
    void aBalancerServesItsPortsAndReachesTheApiServersAlone() {
        String file = balancer(List.of(), SITE);

        assertThat(file).contains("policy_in: DROP", "policy_out: DROP", "[IPSET ipfilter-net0]\n10.128.0.2\n");
        assertThat(rules(file))
                .containsExactly(
                        "IN ACCEPT -p tcp -dport 6443",
                        "OUT ACCEPT -dest 10.96.7.7 -p tcp -dport 6443",
                        "IN ACCEPT -source 10.64.0.0/24 -p tcp -dport 8132",
                        "OUT ACCEPT -dest 10.96.7.7 -p tcp -dport 8132");
    }

    @Test
    void anAllowListHoldsAtTheCardToo() {
        assertThat(rules(balancer(List.of("203.0.113.0/24"), SITE)))
                .startsWith(
                        "IN ACCEPT -source 192.0.2.0/28 -p tcp -dport 6443",
                        "IN ACCEPT -source 10.64.0.0/24 -p tcp -dport 6443",
                        "IN ACCEPT -source 203.0.113.0/24 -p tcp -dport 6443")
                .doesNotContain("IN ACCEPT -p tcp -dport 6443");
    }
}
