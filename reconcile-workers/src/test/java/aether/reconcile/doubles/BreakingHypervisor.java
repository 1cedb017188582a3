package aether.reconcile.doubles;

import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.hypervisor.MachineConfig;
import aether.reconcile.hypervisor.NewMachine;
import aether.reconcile.hypervisor.VirtualMachine;
import java.util.List;
import java.util.Optional;

/** A hypervisor whose effects may break. */
public final class BreakingHypervisor implements Hypervisor {

    private final Hypervisor hypervisor;
    private final Breaker breaker;

    /** Breaks the effects of a hypervisor. */
    public BreakingHypervisor(Hypervisor hypervisor, Breaker breaker) {
        this.hypervisor = hypervisor;
        this.breaker = breaker;
    }

    @Override
    public Optional<VirtualMachine> find(int vmId) {
        return hypervisor.find(vmId);
    }

    @Override
    public List<VirtualMachine> tagged(String tag) {
        return hypervisor.tagged(tag);
    }

    @Override
    public void clone(NewMachine machine) {
        breaker.around("clone " + machine.vmId(), () -> hypervisor.clone(machine));
    }

    @Override
    public void configure(VirtualMachine machine, MachineConfig config) {
        breaker.around("configure " + machine.vmId(), () -> hypervisor.configure(machine, config));
    }

    @Override
    public void start(VirtualMachine machine) {
        breaker.around("start " + machine.vmId(), () -> hypervisor.start(machine));
    }

    @Override
    public void stop(VirtualMachine machine) {
        breaker.around("stop " + machine.vmId(), () -> hypervisor.stop(machine));
    }

    @Override
    public void delete(VirtualMachine machine) {
        breaker.around("delete " + machine.vmId(), () -> hypervisor.delete(machine));
    }
}
