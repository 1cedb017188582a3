package aether.reconcile.machines;

import aether.reconcile.addons.BootstrapToken;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNetwork;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Renders what a worker is told at boot, in Talos' form; pure. What stands in it are ids, DNS labels, addresses and
 * base64, so nothing has to be escaped.
 */
final class TalosRendering {

    private static final int DEPTH_OF_NETWORK = 4;

    private TalosRendering() {}

    static String worker(
            DesiredMachine desired, String endpoint, String authority, BootstrapToken token, RenderingOptions options) {
        return """
                version: v1alpha1
                machine:
                  type: worker
                  network:
                    hostname: %1$s%9$s
                  kubelet:
                    image: %2$s
                    extraArgs:
                      rotate-server-certificates: "true"
                cluster:
                  id: %3$s
                  clusterName: %3$s
                  controlPlane:
                    endpoint: https://%4$s
                  token: %5$s
                  ca:
                    crt: %6$s
                  network:
                    dnsDomain: cluster.local
                    podSubnets: [%7$s]
                    serviceSubnets: [%8$s]
                    cni:
                      name: none
                  discovery:
                    enabled: false
                """.formatted(
                        desired.reservation().name(),
                        options.image("kubelet", "v" + desired.version()),
                        desired.clusterId(),
                        endpoint,
                        token.presented(),
                        Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.UTF_8)),
                        TenantNetwork.PODS,
                        TenantNetwork.SERVICES,
                        device(desired.reservation().address()));
    }

    /** The one network card, with the address the region gave; without one Talos asks by DHCP. */
    private static String device(String address) {
        if (address.isEmpty()) {
            return "";
        }
        String lines = """
                interfaces:
                  - deviceSelector:
                      physical: true
                    addresses: [%s/%d]
                    routes:
                      - network: 0.0.0.0/0
                        gateway: %s
                """.formatted(address, TenantNetwork.WORKER_PREFIX, TenantNetwork.gateway(address));
        return "\n" + lines.indent(DEPTH_OF_NETWORK).stripTrailing();
    }
}
