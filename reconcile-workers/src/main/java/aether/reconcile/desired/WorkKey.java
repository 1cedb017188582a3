package aether.reconcile.desired;

import aether.domain.cluster.ClusterId;
import aether.domain.machine.MachineId;
import java.util.List;
import java.util.UUID;

/** What workers look at, one at a time. */
public record WorkKey(Subject subject, UUID id) {

    /** The subjects. */
    public enum Subject {
        CERTIFICATES,
        CONTROL_PLANE,
        ADDONS,
        PUBLIC_NAME,
        CALENDAR,
        MACHINE
    }

    /** Everything of a cluster but its machines. */
    public static List<WorkKey> of(ClusterId clusterId) {
        return List.of(
                new WorkKey(Subject.CERTIFICATES, clusterId.value()),
                new WorkKey(Subject.CONTROL_PLANE, clusterId.value()),
                new WorkKey(Subject.ADDONS, clusterId.value()),
                new WorkKey(Subject.PUBLIC_NAME, clusterId.value()),
                new WorkKey(Subject.CALENDAR, clusterId.value()));
    }

    /** A machine. */
    public static WorkKey of(MachineId machineId) {
        return new WorkKey(Subject.MACHINE, machineId.value());
    }

    @Override
    public String toString() {
        return subject.name().toLowerCase(java.util.Locale.ROOT) + " " + id;
    }
}
