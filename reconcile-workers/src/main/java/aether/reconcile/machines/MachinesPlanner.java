package aether.reconcile.machines;

import aether.domain.cluster.Fault;
import aether.domain.machine.MachineStatus;
import aether.reconcile.hypervisor.MachineConfig;
import aether.reconcile.hypervisor.VirtualMachine;
import aether.reconcile.loop.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what to do for a machine. */
public final class MachinesPlanner {

    /** A node that reboots is back by then; one that is not is replaced. */
    static final Duration NODE_PATIENCE = Duration.ofMinutes(5);

    private MachinesPlanner() {}

    /** What follows from what is wanted and what is there. */
    public static Plan<MachinesStep> plan(DesiredMachine desired, ObservedMachine observed) {
        if (observed.elsewhere().isPresent()) {
            VirtualMachine other = observed.elsewhere().get();
            return Plan.blocked(
                    Fault.INFRASTRUCTURE,
                    "TwoMachines",
                    "Expected machine " + desired.id() + " under VM id "
                            + desired.reservation().vmId() + ", but VM " + other.vmId() + " ('" + other.name()
                            + "') carries its tag; one of them has to be removed by a person");
        }
        if (observed.holder().isPresent() && !observed.holder().get().tags().contains(desired.tag())) {
            VirtualMachine stranger = observed.holder().get();
            return Plan.blocked(
                    Fault.INFRASTRUCTURE,
                    "VmIdTaken",
                    "Expected VM id " + stranger.vmId() + " to be free or ours, but VM '" + stranger.name() + "' ("
                            + stranger.uuid() + ") holds it without the tag " + desired.tag() + "; it is left alone");
        }
        return switch (desired.status()) {
            case RESERVED, CLONED, CONFIGURED, STARTED, READY ->
                observed.holder()
                        .map(machine -> present(desired, observed, machine))
                        .orElseGet(() -> absent(desired));
            case RETIRING -> retiring(observed);
            case LOST, DELETED -> Plan.done();
        };
    }

    private static Plan<MachinesStep> absent(DesiredMachine desired) {
        boolean wasReady = desired.status() == MachineStatus.READY;
        if (wasReady && desired.isWorker()) {
            return Plan.of(List.of(new MachinesStep.ReportLost("its VM is gone")));
        }
        // A load balancer keeps nothing and its address is promised, so it is made again under the same id.
        List<MachinesStep> steps = new ArrayList<>(List.of(new MachinesStep.Clone()));
        if (wasReady) {
            steps.add(new MachinesStep.ReportDrift("its VM was gone", "is made again"));
        }
        return Plan.andLookAgain(steps, "the VM is being cloned");
    }

    private static Plan<MachinesStep> present(
            DesiredMachine desired, ObservedMachine observed, VirtualMachine machine) {
        if (machine.power() == VirtualMachine.Power.CLONING) {
            return Plan.await("the VM is being cloned");
        }
        List<MachinesStep> steps = new ArrayList<>();
        if (isBefore(desired, MachineStatus.CLONED)) {
            steps.add(new MachinesStep.ReportCloned());
        }
        if (!machine.configured()) {
            if (observed.config().isEmpty()) {
                return Plan.andLookAgain(steps, "waiting for what the machine has to be told");
            }
            steps.add(new MachinesStep.Configure(machine, observed.config().get()));
            if (desired.status() == MachineStatus.READY) {
                steps.add(new MachinesStep.Start(machine)); // it is made again, which has been said
            }
            return Plan.andLookAgain(steps, "the VM was configured");
        }
        if (isBefore(desired, MachineStatus.CONFIGURED)) {
            steps.add(new MachinesStep.ReportConfigured());
        }
        if (machine.power() == VirtualMachine.Power.STOPPED) {
            steps.add(new MachinesStep.Start(machine));
            if (desired.status() == MachineStatus.READY) {
                steps.add(new MachinesStep.ReportDrift("its VM was stopped", "is started again"));
            }
            return Plan.andLookAgain(steps, "the VM was started");
        }
        if (machine.address().isEmpty()) {
            return Plan.andLookAgain(steps, "waiting for the VM's address");
        }
        if (isBefore(desired, MachineStatus.STARTED)) {
            steps.add(new MachinesStep.ReportStarted(machine.address()));
        }
        Optional<MachineConfig> other = observed.config().filter(config -> isOther(config, machine));
        if (other.isPresent()) {
            steps.add(new MachinesStep.Configure(machine, other.get()));
            return Plan.andLookAgain(steps, "the load balancer was told anew");
        }
        return working(desired, observed, steps);
    }

    /** A worker is told once, at boot; a load balancer goes on with what it is told last. */
    private static boolean isOther(MachineConfig config, VirtualMachine machine) {
        return switch (config) {
            case MachineConfig.LoadBalancer balancer ->
                !balancer.haproxy().equals(machine.told())
                        || !balancer.firewall().equals(machine.firewall());
            case MachineConfig.Worker unused -> false;
        };
    }

    private static Plan<MachinesStep> working(
            DesiredMachine desired, ObservedMachine observed, List<MachinesStep> steps) {
        boolean reported = desired.status() == MachineStatus.READY;
        if (!desired.isWorker()) {
            if (!reported) {
                steps.add(new MachinesStep.ReportReady());
            }
            return Plan.of(steps);
        }
        return switch (observed.node()) {
            case NodeCondition.Ready unused -> {
                if (!reported) {
                    steps.add(new MachinesStep.ReportReady());
                }
                yield Plan.of(steps);
            }
            case NodeCondition.NotReady node -> {
                if (reported && node.since().compareTo(NODE_PATIENCE) >= 0) {
                    steps.add(new MachinesStep.ReportLost(
                            "its node has not been ready for " + node.since().toMinutes() + " minutes"));
                    yield Plan.of(steps);
                }
                yield Plan.andLookAgain(steps, "waiting for the node to be ready");
            }
            case NodeCondition.Absent unused -> Plan.andLookAgain(steps, "waiting for the node to join");
            case NodeCondition.Unknown unused -> Plan.andLookAgain(steps, "waiting for the tenant's API");
        };
    }

    private static Plan<MachinesStep> retiring(ObservedMachine observed) {
        if (observed.holder().isEmpty()) {
            List<MachinesStep> steps = new ArrayList<>();
            observed.leftNode().ifPresent(uid -> steps.add(new MachinesStep.ForgetNode(uid)));
            steps.add(new MachinesStep.ReportDeleted());
            return Plan.of(steps);
        }
        VirtualMachine machine = observed.holder().get();
        return switch (machine.power()) {
            case CLONING -> Plan.await("the VM is still being cloned");
            case RUNNING -> Plan.andLookAgain(List.of(new MachinesStep.Stop(machine)), "the VM was stopped");
            case STOPPED -> Plan.andLookAgain(List.of(new MachinesStep.Delete(machine)), "the VM was deleted");
        };
    }

    private static boolean isBefore(DesiredMachine desired, MachineStatus status) {
        return desired.status().compareTo(status) < 0;
    }
}
