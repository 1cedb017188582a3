package aether.domain.machine;

import aether.domain.kernel.Command;

/** What may be asked of a machine; {@code Record…} commands are the reports of workers. */
public sealed interface MachineCommand extends Command {

    /** The machine. */
    MachineId machineId();

    @Override
    default String stream() {
        return machineId().stream();
    }

    /** The report of a worker, made under a lease on the tenant. */
    sealed interface Report extends MachineCommand {
        /** The epoch of the lease; a report under an older one is refused. */
        long epoch();
    }

    /** The VM exists. */
    record RecordMachineCloned(MachineId machineId, long epoch) implements Report {}

    /** The VM has its configuration. */
    record RecordMachineConfigured(MachineId machineId, long epoch) implements Report {}

    /** The VM runs at the address. */
    record RecordMachineStarted(MachineId machineId, long epoch, String address) implements Report {}

    /** The machine does its work. */
    record RecordMachineReady(MachineId machineId, long epoch) implements Report {}

    /** The machine is not there any more. */
    record RecordMachineLost(MachineId machineId, long epoch, String reason) implements Report {}

    /** Asks for the end of the machine. */
    record RetireMachine(MachineId machineId) implements MachineCommand {}

    /** The VM is gone. */
    record RecordMachineDeleted(MachineId machineId, long epoch) implements Report {}
}
