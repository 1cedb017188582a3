package aether.reconcile.hypervisor;

import java.util.List;
import java.util.Optional;

/**
 * What makes virtual machines. Everything throws {@link aether.reconcile.loop.OutsideFailure} when it is not answered
 * or refused, and may have had its effect all the same.
 */
public interface Hypervisor {

    /** The machine that holds a VM id, whoever made it. */
    Optional<VirtualMachine> find(int vmId);

    /** The machines that carry a tag. */
    List<VirtualMachine> tagged(String tag);

    /** Begins to make a machine; it is {@link VirtualMachine.Power#CLONING} until its disk is there. */
    void clone(NewMachine machine);

    /** Gives a machine its configuration, to be fetched once by its guest. */
    void configure(VirtualMachine machine, MachineConfig config);

    /** Starts this very machine. */
    void start(VirtualMachine machine);

    /** Stops this very machine. */
    void stop(VirtualMachine machine);

    /** Deletes this very machine with its disk. */
    void delete(VirtualMachine machine);
}
