package aether.domain.nodepool;

import aether.domain.machine.MachineShape;
import java.util.Optional;

/** The bounds of a node pool; not published by the product, so chosen here. */
public final class PoolLimits {

    /** A worker /24 has 254 addresses; the load balancer, the gateway and replacements need some of them. */
    public static final int MAX_NODES = 200;

    /** The widest guest that common hypervisor hosts take. */
    public static final int MAX_VCPUS = 128;

    /** In GiB. */
    public static final int MAX_MEMORY_GB = 1024;

    /** Talos needs 10 GiB for itself. */
    public static final int MIN_DISK_GB = 10;

    /** In GiB. */
    public static final int MAX_DISK_GB = 16_384;

    private PoolLimits() {}

    /** What is wrong with a size, if anything. */
    public static Optional<Violation> check(int min, int max) {
        if (min < 0 || min > MAX_NODES) {
            return Optional.of(Violation.range("min", 0, MAX_NODES, min));
        }
        if (max < 1 || max > MAX_NODES) {
            return Optional.of(Violation.range("max", 1, MAX_NODES, max));
        }
        if (max < min) {
            return Optional.of(
                    new Violation("max", "Expected max to be at least min " + min + ", but got " + max + "."));
        }
        return Optional.empty();
    }

    /** What is wrong with a shape, if anything. */
    public static Optional<Violation> check(MachineShape shape) {
        if (shape.vcpus() < 1 || shape.vcpus() > MAX_VCPUS) {
            return Optional.of(Violation.range("vcpus", 1, MAX_VCPUS, shape.vcpus()));
        }
        if (shape.memoryGb() < 1 || shape.memoryGb() > MAX_MEMORY_GB) {
            return Optional.of(Violation.range("memory_gb", 1, MAX_MEMORY_GB, shape.memoryGb()));
        }
        if (shape.diskGb() < MIN_DISK_GB || shape.diskGb() > MAX_DISK_GB) {
            return Optional.of(Violation.range("disk_gb", MIN_DISK_GB, MAX_DISK_GB, shape.diskGb()));
        }
        return Optional.empty();
    }

    /**
     * One bound that is not kept.
     *
     * @param field the field in snake case
     * @param message the sentence for a person
     */
    public record Violation(String field, String message) {
        static Violation range(String field, int least, int most, int got) {
            return new Violation(
                    field, "Expected " + field + " from " + least + " to " + most + ", but got " + got + ".");
        }
    }
}
