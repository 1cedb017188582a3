package aether.reconcile.hypervisor;

import aether.domain.machine.MachineShape;
import java.util.List;

/**
 * A machine to be made.
 *
 * @param name a DNS label
 * @param tags by which it is recognised later
 */
public record NewMachine(int vmId, String name, MachineShape shape, List<String> tags) {
    public NewMachine {
        tags = List.copyOf(tags);
    }
}
