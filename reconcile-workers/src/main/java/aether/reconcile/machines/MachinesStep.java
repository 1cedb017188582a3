package aether.reconcile.machines;

import aether.reconcile.hypervisor.MachineConfig;
import aether.reconcile.hypervisor.VirtualMachine;
import aether.reconcile.loop.Step;
import java.util.Optional;

/** What may have to be done for a machine. */
public sealed interface MachinesStep extends Step {
    @Override
    default boolean isChange() {
        return switch (this) {
            case Clone unused -> true;
            case Configure unused -> true;
            case Start unused -> true;
            case Stop unused -> true;
            case Delete unused -> true;
            case ForgetNode unused -> true;
            case ReportCloned unused -> false;
            case ReportConfigured unused -> false;
            case ReportStarted unused -> false;
            case ReportReady unused -> false;
            case ReportLost unused -> true; // it is replaced
            case ReportDeleted unused -> false;
            case ReportDrift unused -> false;
        };
    }

    @Override
    default Optional<Drift> drift() {
        return switch (this) {
            case ReportDrift drift -> Optional.of(new Drift("", drift.found()));
            case ReportLost lost -> Optional.of(new Drift("", lost.reason()));
            case Clone unused -> Optional.empty();
            case Configure unused -> Optional.empty();
            case Start unused -> Optional.empty();
            case Stop unused -> Optional.empty();
            case Delete unused -> Optional.empty();
            case ForgetNode unused -> Optional.empty();
            case ReportCloned unused -> Optional.empty();
            case ReportConfigured unused -> Optional.empty();
            case ReportStarted unused -> Optional.empty();
            case ReportReady unused -> Optional.empty();
            case ReportDeleted unused -> Optional.empty();
        };
    }

    /** Makes the VM, tagged with machine and epoch. */
    record Clone() implements MachinesStep {}

    /** Gives it its configuration. */
    record Configure(VirtualMachine machine, MachineConfig config) implements MachinesStep {}

    /** Starts it. */
    record Start(VirtualMachine machine) implements MachinesStep {}

    /** Stops it. */
    record Stop(VirtualMachine machine) implements MachinesStep {}

    /** Deletes it. */
    record Delete(VirtualMachine machine) implements MachinesStep {}

    /** Takes the entry of a node without a machine out of the tenant's API, if that answers. */
    record ForgetNode(String uid) implements MachinesStep {}

    /** Says that the VM exists. */
    record ReportCloned() implements MachinesStep {}

    /** Says that it has its configuration. */
    record ReportConfigured() implements MachinesStep {}

    /** Says that it runs. */
    record ReportStarted(String address) implements MachinesStep {}

    /** Says that it does its work. */
    record ReportReady() implements MachinesStep {}

    /** Says that it is gone although it should be there. */
    record ReportLost(String reason) implements MachinesStep {}

    /** Says that it is gone as it should be. */
    record ReportDeleted() implements MachinesStep {}

    /**
     * Says that it had drifted and was put back.
     *
     * @param remedy how it was, after "and"
     */
    record ReportDrift(String found, String remedy) implements MachinesStep {}
}
