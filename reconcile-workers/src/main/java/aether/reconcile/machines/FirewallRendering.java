package aether.reconcile.machines;

import aether.domain.kernel.Ipv4Block;
import aether.reconcile.controlplane.Konnectivity;
import aether.reconcile.render.RenderingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Renders what the hypervisor lets through at a machine's network card, whoever rules inside of the machine, as the
 * firewall file of a VM in Proxmox VE (pve-firewall(8), "VM/Container Configuration"); pure. Answers to what was let
 * through pass without a rule. What stands in it are addresses, blocks of addresses and ids, so nothing has to be
 * escaped.
 */
final class FirewallRendering {

    private static final int KUBELET_PORT = 10250;

    private FirewallRendering() {}

    /**
     * A node may send under its own address alone and is reached by nodes of its own cluster alone; where control
     * planes have no tunnels, the platform reaches its kubelet as well.
     */
    static String worker(DesiredMachine desired, RenderingOptions options) {
        List<String> rules = new ArrayList<>();
        desired.workerSubnet().ifPresent(nodes -> rules.add("IN ACCEPT -source " + nodes));
        if (Konnectivity.tag(desired.version(), options).isEmpty()) {
            options.platformNetworks().forEach(from -> rules.add(in(from, KUBELET_PORT)));
        }
        return file(desired, "ACCEPT", rules);
    }

    /**
     * A load balancer is reached at the ports that it serves by those who may reach them, though HAProxy were told
     * otherwise, and itself reaches the API servers and nothing else.
     *
     * @param backend the address behind which the API servers are; empty while there are none
     */
    static String balancer(DesiredMachine desired, Optional<String> backend, RenderingOptions options) {
        int port = HaproxyRendering.port(desired);
        List<String> allowed = HaproxyRendering.allowed(desired, options);
        List<String> rules = new ArrayList<>();
        if (allowed.isEmpty()) {
            rules.add("IN ACCEPT -p tcp -dport " + port);
        }
        allowed.forEach(from -> rules.add(in(from, port)));
        backend.ifPresent(to -> rules.add(out(to, HaproxyRendering.API_PORT)));
        if (Konnectivity.tag(desired.version(), options).isPresent()) {
            desired.workerSubnet()
                    .map(Ipv4Block::toString)
                    .ifPresent(from -> rules.add(in(from, Konnectivity.AGENT_PORT)));
            backend.ifPresent(to -> rules.add(out(to, Konnectivity.AGENT_PORT)));
        }
        return file(desired, "DROP", rules);
    }

    private static String in(String from, int port) {
        return "IN ACCEPT -source " + from + " -p tcp -dport " + port;
    }

    private static String out(String to, int port) {
        return "OUT ACCEPT -dest " + to + " -p tcp -dport " + port;
    }

    private static String file(DesiredMachine desired, String outwards, List<String> rules) {
        List<String> lines = new ArrayList<>(List.of(
                "# The network card of machine " + desired.id() + ". Written by Aether and replaced whole.",
                "[OPTIONS]",
                "enable: 1",
                "ipfilter: 1", // with the set below: no other source address leaves the card
                "macfilter: 1",
                "ndp: 0",
                "radv: 0",
                "policy_in: DROP",
                "policy_out: " + outwards));
        String address = desired.reservation().address();
        boolean leased = address.isEmpty(); // by the hypervisor's network
        lines.add("dhcp: " + (leased ? 1 : 0));
        Optional<String> own = leased ? desired.workerSubnet().map(Ipv4Block::toString) : Optional.of(address);
        own.ifPresent(source -> lines.addAll(List.of("[IPSET ipfilter-net0]", source)));
        lines.add("[RULES]");
        lines.addAll(rules);
        return String.join("\n", lines) + "\n";
    }
}
