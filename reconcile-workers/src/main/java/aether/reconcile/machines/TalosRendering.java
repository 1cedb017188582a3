package aether.reconcile.machines;

import aether.reconcile.addons.BootstrapToken;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.TenantNetwork;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Renders what a worker is told at boot, in Talos' form; pure. What stands in it are ids, DNS labels, addresses and
 * base64, so nothing has to be escaped.
 */
final class TalosRendering {

    private static final int DEPTH_OF_CLUSTER = 2;
    private static final int DEPTH_OF_NETWORK = 4;

    private TalosRendering() {}

    static String worker(
            DesiredMachine desired, String endpoint, String authority, BootstrapToken token, RenderingOptions options) {
        return """
                version: v1alpha1
                machine:
                  type: worker
                  network:
                    hostname: "%1$s"%9$s
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
                    crt: %6$s%10$s
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
                        base64(certificates(authority).getLast()),
                        TenantNetwork.PODS,
                        TenantNetwork.SERVICES,
                        device(desired.reservation().address()),
                        accepted(certificates(authority)));
    }

    /**
     * While the cluster CA is rotated there are two: Talos names the newer one, and accepts the other (acceptedCAs).
     */
    private static String accepted(List<String> authorities) {
        if (authorities.size() == 1) {
            return "";
        }
        StringBuilder lines =
                new StringBuilder("\n" + "acceptedCAs:".indent(DEPTH_OF_CLUSTER).stripTrailing());
        for (String older : authorities.subList(0, authorities.size() - 1)) {
            lines.append('\n')
                    .append(("- crt: " + base64(older)).indent(DEPTH_OF_NETWORK).stripTrailing());
        }
        return lines.toString();
    }

    /** The certificates of a bundle, the oldest first; at least one. */
    private static List<String> certificates(String bundle) {
        return Arrays.stream(bundle.strip().split("(?<=-----END CERTIFICATE-----)"))
                .map(each -> each.strip() + "\n")
                .toList();
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
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
