package aether.reconcile.machines;

import aether.reconcile.hypervisor.MachineConfig;
import aether.reconcile.hypervisor.VirtualMachine;

/** What may have to be done for a machine. */
public sealed interface MachinesStep {

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

    /** Says that it had drifted and was put back. */
    record ReportDrift(String correction) implements MachinesStep {}
}
