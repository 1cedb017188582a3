package aether.reconcile.machines;

import aether.reconcile.hypervisor.MachineConfig;
import aether.reconcile.hypervisor.VirtualMachine;
import java.util.Optional;

/**
 * What is there of a machine.
 *
 * @param holder who holds its VM id, us or a stranger
 * @param elsewhere a VM with our tag under another VM id
 * @param config what it would be told at boot, once everything for that is known
 * @param leftNode the uid of the node that is still an entry of the tenant's API after its VM is gone
 * @param node what the tenant's API says; unknown for a load balancer
 */
public record ObservedMachine(
        Optional<VirtualMachine> holder,
        Optional<VirtualMachine> elsewhere,
        Optional<MachineConfig> config,
        Optional<String> leftNode,
        NodeCondition node) {}
