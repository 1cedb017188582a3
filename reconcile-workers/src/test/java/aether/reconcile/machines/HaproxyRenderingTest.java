package aether.reconcile.machines;

import static org.assertj.core.api.Assertions.assertThat;

import aether.reconcile.render.RenderingOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HaproxyRenderingTest {

    private static final RenderingOptions SITE = new RenderingOptions("", Map.of());

    private static String rendered(List<String> authorized, RenderingOptions options) {
        return HaproxyRendering.of(SomeMachines.balancer(authorized), Optional.of("10.96.7.7"), options);
    }

    @Test
    void aListIsRenderedWhole() {
        assertThat(rendered(List.of("198.51.100.7/32", "203.0.113.0/24"), SITE.dialling(List.of("192.0.2.0/28"))))
                .isEqualTo("""
                        # The API of cluster 00000000-0000-0002-0000-000000000002. Written by Aether and replaced whole.
                        global
                            maxconn 4000
                            hard-stop-after 1h
                        defaults
                            mode tcp
                            timeout connect 5s
                            timeout client 1h
                            timeout server 1h
                            option clitcpka
                            option srvtcpka
                        frontend api
                            bind 10.128.0.2:6443
                            acl allowed src 192.0.2.0/28
                            acl allowed src 10.64.0.0/24
                            acl allowed src 198.51.100.7/32
                            acl allowed src 203.0.113.0/24
                            tcp-request connection reject unless allowed
                            default_backend api
                        backend api
                            server api 10.96.7.7:6443 check
                        frontend konnectivity
                            bind 10.128.0.2:8132
                            acl allowed src 10.64.0.0/24
                            tcp-request connection reject unless allowed
                            default_backend konnectivity
                        backend konnectivity
                            server konnectivity 10.96.7.7:8132 check
                        """);
    }

    /** Whatever a customer's list says: without its nodes and the platform a cluster would be lost. */
    @Test
    void noListLocksOutTheNodesOrThePlatform() {
        for (List<String> list : List.of(List.of("203.0.113.0/24"), List.of("255.255.255.255/32"))) {
            String api = rendered(list, SITE).split("frontend konnectivity", -1)[0];
            assertThat(api).contains("acl allowed src 10.64.0.0/24\n");
            RenderingOptions.PRIVATE_NETWORKS.forEach(
                    network -> assertThat(api).contains("acl allowed src " + network + "\n"));
        }
    }

    @Test
    void withoutAListEverybodyReachesTheApiAndOnlyNodesTheTunnels() {
        String[] parts = rendered(List.of(), SITE).split("frontend ", -1);

        assertThat(parts[1]).startsWith("api\n").doesNotContain("reject");
        assertThat(parts[2]).startsWith("konnectivity\n").contains("reject unless allowed");
        assertThat(rendered(List.of(), SITE.withoutKonnectivity())).doesNotContain("konnectivity");
    }

    @Test
    void beforeThereAreApiServersItForwardsToNobody() {
        assertThat(HaproxyRendering.of(SomeMachines.balancer(List.of()), Optional.empty(), SITE))
                .contains("backend api\n")
                .doesNotContain("\n    server ");
    }
}
