package aether.reconcile.machines;

import aether.domain.kernel.Ipv4Block;
import aether.reconcile.controlplane.Konnectivity;
import aether.reconcile.render.RenderingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Renders what a load balancer is told, as the whole configuration file of HAProxy (2.6 and newer); pure. What stands
 * in it are addresses, blocks of addresses and ids, so nothing has to be escaped.
 */
final class HaproxyRendering {

    /** How many connections one tenant's balancer holds, each with two buffers of 16 KiB. */
    private static final int CONNECTIONS = 4_000;

    private HaproxyRendering() {}

    /**
     * The file.
     *
     * @param backend the address behind which the API servers are; empty while there are none
     */
    static String of(DesiredMachine desired, Optional<String> backend, RenderingOptions options) {
        String address = desired.reservation().address();
        List<String> lines = new ArrayList<>(List.of(
                "# The API of cluster " + desired.clusterId() + ". Written by Aether and replaced whole.",
                "global",
                "    maxconn " + CONNECTIONS,
                // After a reload, who is connected stays; not for ever, or one who was taken off the list would.
                "    hard-stop-after 1h",
                "defaults",
                "    mode tcp",
                "    timeout connect 5s",
                "    timeout client 1h", // watches are quiet for long
                "    timeout server 1h",
                "    option clitcpka",
                "    option srvtcpka"));
        lines.add("frontend api");
        lines.add("    bind " + address + ":" + port(desired));
        List<String> allowed = allowed(desired, options);
        if (!allowed.isEmpty()) {
            lines.addAll(only(allowed));
        }
        lines.addAll(to("api", backend, API_PORT));
        if (Konnectivity.tag(desired.version(), options).isPresent()) {
            lines.add("frontend konnectivity");
            lines.add("    bind " + address + ":" + Konnectivity.AGENT_PORT);
            desired.workerSubnet().ifPresent(nodes -> lines.addAll(only(List.of(nodes.toString()))));
            lines.addAll(to("konnectivity", backend, Konnectivity.AGENT_PORT));
        }
        return String.join("\n", lines) + "\n";
    }

    /** The port of the API servers' Service, and of an endpoint that is not published yet. */
    static final int API_PORT = 6443;

    /** Where clients dial. */
    static int port(DesiredMachine desired) {
        return desired.endpoint()
                .map(endpoint -> Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)))
                .orElse(API_PORT);
    }

    /** Who may dial: whom the customer lists, its own nodes and the platform; empty for everybody. */
    static List<String> allowed(DesiredMachine desired, RenderingOptions options) {
        if (desired.authorizedCidrs().isEmpty()) {
            return List.of();
        }
        List<String> allowed = new ArrayList<>(options.platformNetworks());
        desired.workerSubnet().map(Ipv4Block::toString).ifPresent(allowed::add);
        allowed.addAll(desired.authorizedCidrs());
        return allowed.stream().distinct().toList();
    }

    /** Whoever comes from elsewhere is sent away before a byte is read. */
    private static List<String> only(List<String> blocks) {
        List<String> lines = new ArrayList<>();
        blocks.forEach(block -> lines.add("    acl allowed src " + block));
        lines.add("    tcp-request connection reject unless allowed");
        return lines;
    }

    private static List<String> to(String name, Optional<String> backend, int port) {
        List<String> lines = new ArrayList<>(List.of("    default_backend " + name, "backend " + name));
        backend.ifPresent(address -> lines.add("    server " + name + " " + address + ":" + port + " check"));
        return lines;
    }
}
