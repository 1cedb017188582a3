package aether.reconcile.hypervisor;

import java.util.Set;

/**
 * A machine as the hypervisor sees it.
 *
 * @param uuid tells it from an earlier and a later machine with the same VM id
 * @param configured whether it has a configuration
 * @param told a load balancer's configuration as it is now; empty for others
 * @param firewall what its network card lets through as it is now
 * @param address where it can be reached; empty until known
 */
public record VirtualMachine(
        int vmId,
        String uuid,
        String name,
        Set<String> tags,
        Power power,
        boolean configured,
        String told,
        String firewall,
        String address) {
    public VirtualMachine {
        tags = Set.copyOf(tags);
    }

    /** One that was told nothing that may change. */
    public VirtualMachine(
            int vmId, String uuid, String name, Set<String> tags, Power power, boolean configured, String address) {
        this(vmId, uuid, name, tags, power, configured, "", "", address);
    }

    /** Whether it runs. */
    public enum Power {
        /** Its disk is being copied; it cannot be used. */
        CLONING,
        STOPPED,
        RUNNING
    }
}
