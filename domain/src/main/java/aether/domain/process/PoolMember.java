package aether.domain.process;

import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineId;
import aether.domain.nodepool.NodePoolId;

/**
 * One machine of the pool.
 *
 * @param generation how many machines with this ordinal came before
 * @param outdated whether it is to be replaced by a new one
 */
public record PoolMember(MachineId machineId, int generation, boolean ready, boolean leaving, boolean outdated) {
    /** One that is still to be made; the machine's id follows from whose it is. */
    static PoolMember coming(NodePoolId pool, int ordinal, int generation) {
        return new PoolMember(
                new MachineId(NameBasedId.of("worker", pool, ordinal, generation)), generation, false, false, false);
    }

    PoolMember asReady() {
        return new PoolMember(machineId, generation, true, leaving, outdated);
    }

    PoolMember asLeaving() {
        return new PoolMember(machineId, generation, ready, true, outdated);
    }

    PoolMember asOutdated() {
        return new PoolMember(machineId, generation, ready, leaving, true);
    }

    boolean serves() {
        return ready && !leaving;
    }
}
