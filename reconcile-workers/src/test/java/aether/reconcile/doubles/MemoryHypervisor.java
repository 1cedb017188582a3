package aether.reconcile.doubles;

import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.hypervisor.MachineConfig;
import aether.reconcile.hypervisor.NewMachine;
import aether.reconcile.hypervisor.VirtualMachine;
import aether.reconcile.hypervisor.VirtualMachine.Power;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A hypervisor in memory, where everything is done at once. */
public final class MemoryHypervisor implements Hypervisor {

    private static final int ELSEWHERE = 10_000;

    private final TreeMap<Integer, VirtualMachine> machines = new TreeMap<>();
    private boolean blind;

    /**
     * Switches recognition off: nothing that exists is found any more, and what is cloned onto a taken VM id lands on
     * the next free one, as it does where ids are handed out by the hypervisor.
     */
    public void hideWhatExists() {
        blind = true;
    }

    /** Puts a machine of somebody else there. */
    public void put(VirtualMachine machine) {
        machines.put(machine.vmId(), machine);
    }

    /** Takes a machine away, as an accident does. */
    public void lose(int vmId) {
        machines.remove(vmId);
    }

    /** Every machine there is. */
    public List<VirtualMachine> all() {
        return List.copyOf(machines.values());
    }

    @Override
    public Optional<VirtualMachine> find(int vmId) {
        return blind ? Optional.empty() : Optional.ofNullable(machines.get(vmId));
    }

    @Override
    public List<VirtualMachine> tagged(String tag) {
        return blind
                ? List.of()
                : machines.values().stream()
                        .filter(machine -> machine.tags().contains(tag))
                        .toList();
    }

    @Override
    public void clone(NewMachine machine) {
        int vmId = machine.vmId();
        while (machines.containsKey(vmId)) {
            vmId += ELSEWHERE;
        }
        machines.put(
                vmId,
                new VirtualMachine(
                        vmId,
                        new UUID(vmId, machines.size()).toString(),
                        machine.name(),
                        Set.copyOf(machine.tags()),
                        Power.STOPPED,
                        false,
                        ""));
    }

    @Override
    public void configure(VirtualMachine machine, MachineConfig config) {
        switch (config) {
            case MachineConfig.LoadBalancer balancer ->
                change(machine, machine.power(), true, balancer.haproxy(), balancer.firewall());
            case MachineConfig.Worker worker -> change(machine, machine.power(), true, "", worker.firewall());
        }
    }

    @Override
    public void start(VirtualMachine machine) {
        change(machine, Power.RUNNING, machine.configured(), machine.told(), machine.firewall());
    }

    @Override
    public void stop(VirtualMachine machine) {
        change(machine, Power.STOPPED, machine.configured(), machine.told(), machine.firewall());
    }

    @Override
    public void delete(VirtualMachine machine) {
        machines.remove(machine.vmId());
    }

    private void change(VirtualMachine machine, Power power, boolean configured, String told, String firewall) {
        machines.put(
                machine.vmId(),
                new VirtualMachine(
                        machine.vmId(),
                        machine.uuid(),
                        machine.name(),
                        machine.tags(),
                        power,
                        configured,
                        told,
                        firewall,
                        power == Power.RUNNING ? "10.9.0." + machine.vmId() % 250 : machine.address()));
    }
}
