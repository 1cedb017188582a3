package aether.reconcile.hypervisor;

import java.util.Set;

/**
 * A machine as the hypervisor sees it.
 *
 * @param uuid tells it from an earlier and a later machine with the same VM id
 * @param configured whether it has a configuration
 * @param address where it can be reached; empty until known
 */
public record VirtualMachine(
        int vmId, String uuid, String name, Set<String> tags, Power power, boolean configured, String address) {
    public VirtualMachine {
        tags = Set.copyOf(tags);
    }

    /** Whether it runs. */
    public enum Power {
        /** Its disk is being copied; it cannot be used. */
        CLONING,
        STOPPED,
        RUNNING
    }
}
