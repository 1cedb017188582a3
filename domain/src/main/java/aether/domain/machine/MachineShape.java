package aether.domain.machine;

/**
 * How big a machine is.
 *
 * @param vcpus virtual processors
 * @param memoryGb memory in GiB
 * @param diskGb disk in GiB
 */
public record MachineShape(int vcpus, int memoryGb, int diskGb) {

    /** The shape of every tenant's load-balancer VM. */
    public static final MachineShape LOAD_BALANCER = new MachineShape(1, 1, 8);
}
