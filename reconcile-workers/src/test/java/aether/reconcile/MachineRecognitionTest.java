package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.machine.MachineStatus;
import aether.domain.process.ProvisionCluster;
import aether.reconcile.controlplane.TenantApiAddress;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.doubles.BreakingKubeApi;
import aether.reconcile.doubles.EmptyKubeApi;
import aether.reconcile.doubles.MemoryHypervisor;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.render.RenderingOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A machine is made once although the process dies at every step, because what was half done is recognised. */
class MachineRecognitionTest {

    private static final String TAG = "aether-machine-" + ProvisionCluster.loadBalancerOf(Tenant.CLUSTER);

    private final MemoryHypervisor hypervisor = new MemoryHypervisor();

    private Landscape landscape() {
        TenantApis none = new TenantApis() {
            @Override
            public KubeApi of(aether.domain.cluster.ClusterId clusterId, TenantAccess access) {
                return new EmptyKubeApi();
            }

            @Override
            public Optional<KubeApi> current(aether.domain.cluster.ClusterId clusterId) {
                return Optional.empty();
            }

            @Override
            public void forget(aether.domain.cluster.ClusterId clusterId) {}
        };
        return new Landscape(
                new Landscape.Outside(
                        new BreakingKubeApi("management", new EmptyKubeApi(), Breaker.nowhere()),
                        none,
                        TenantApiAddress.published(),
                        hypervisor,
                        new RenderingOptions("", Map.of())),
                Breaker.everywhere());
    }

    private static MachineStatus balancer(Landscape landscape) {
        return landscape
                .log()
                .machine(ProvisionCluster.loadBalancerOf(Tenant.CLUSTER).stream())
                .status();
    }

    private long ours() {
        return hypervisor.all().stream()
                .filter(machine -> machine.tags().contains(TAG))
                .count();
    }

    @Test
    void aMachineIsMadeOnceWhateverTheProcessDiesAt() throws Exception {
        Landscape landscape = landscape();
        Tenant.request(landscape, 0);
        landscape.runUntil(() -> balancer(landscape) == MachineStatus.READY);

        assertThat(ours()).isEqualTo(1);
        assertThat(landscape.crashes()).isGreaterThan(10);
    }

    @Test
    void withoutRecognitionTheSameCrashesMakeDoubles() throws Exception {
        Landscape landscape = landscape();
        hypervisor.hideWhatExists();
        Tenant.request(landscape, 0);
        for (int step = 0; step < 40; step++) {
            landscape.step();
        }

        assertThat(ours()).isGreaterThan(1);
    }
}
