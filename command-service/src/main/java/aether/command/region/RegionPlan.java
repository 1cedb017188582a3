package aether.command.region;

import aether.domain.kernel.DnsLabel;
import aether.domain.kernel.Ipv4Block;
import aether.domain.network.NetworkCommand;

/**
 * The plan of a region as it is configured.
 *
 * @param name a DNS label
 * @param workers the CIDR block that worker subnets (/24 each) come from
 * @param loadBalancers the CIDR block that load-balancer addresses come from
 * @param firstVmId the lowest hypervisor id that Aether may use
 * @param lastVmId the highest
 */
public record RegionPlan(String name, String workers, String loadBalancers, int firstVmId, int lastVmId) {

    /** cloud-wide lower bound of Proxmox VE: ids below are its own. */
    private static final int LOWEST_VM_ID = 100;

    public RegionPlan {
        if (!DnsLabel.isValid(name)) {
            throw new IllegalArgumentException("Region: " + DnsLabel.expected(name));
        }
        if (firstVmId < LOWEST_VM_ID || lastVmId < firstVmId) {
            throw new IllegalArgumentException("Expected VM ids of region '" + name + "' from " + LOWEST_VM_ID
                    + " up, first before last, but got " + firstVmId + " to " + lastVmId + ".");
        }
        block(name, "workers", workers);
        block(name, "load-balancers", loadBalancers);
    }

    NetworkCommand.OpenRegion command() {
        return new NetworkCommand.OpenRegion(
                name,
                block(name, "workers", workers),
                block(name, "load-balancers", loadBalancers),
                firstVmId,
                lastVmId);
    }

    private static Ipv4Block block(String region, String field, String text) {
        return Ipv4Block.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("Expected " + field + " of region '" + region
                        + "' as a block a.b.c.d/n without bits beyond n, but got '" + text + "'."));
    }
}
