package aether.reconcile.desired;

import aether.domain.cluster.ClusterId;
import aether.domain.machine.MachineId;
import aether.reconcile.render.ResourceKind;
import java.util.List;
import java.util.Set;
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
        MACHINE;

        /** As people read it, for example {@code control-plane}. */
        public String shown() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private static final Set<ResourceKind> OF_CERTIFICATES = Set.of(
            ResourceKind.NAMESPACE,
            ResourceKind.ISSUER,
            ResourceKind.CLUSTER_ISSUER,
            ResourceKind.CERTIFICATE,
            ResourceKind.SECRET);

    /** What the way into a tenant's API is made of. */
    private static final Set<ResourceKind> OF_THE_DOOR =
            Set.of(ResourceKind.SECRET, ResourceKind.CONFIG_MAP, ResourceKind.SERVICE, ResourceKind.DEPLOYMENT);

    private static final Set<ResourceKind> OF_PUBLIC_NAMES =
            Set.of(ResourceKind.CLUSTER_ISSUER, ResourceKind.CERTIFICATE, ResourceKind.SECRET);

    /** They wait for nothing that another subject writes. */
    private static final Set<Subject> LOOK_AGAIN = Set.of(Subject.CERTIFICATES, Subject.CONTROL_PLANE);

    /** Everything of a cluster but its machines. */
    public static List<WorkKey> of(ClusterId clusterId) {
        return List.of(
                new WorkKey(Subject.CERTIFICATES, clusterId.value()),
                new WorkKey(Subject.CONTROL_PLANE, clusterId.value()),
                new WorkKey(Subject.ADDONS, clusterId.value()),
                new WorkKey(Subject.PUBLIC_NAME, clusterId.value()),
                new WorkKey(Subject.CALENDAR, clusterId.value()));
    }

    /** What of a cluster has to be looked at when an object of this kind came, changed or went. */
    public static List<WorkKey> concerned(ResourceKind kind, ClusterId clusterId) {
        return of(clusterId).stream()
                .filter(key -> concerns(kind, key.subject()))
                .toList();
    }

    /**
     * The same when it was workers of this process who wrote it. Who makes certificates or a control plane looks again
     * by itself after every write, and sees there what it wrote; the others wait for what they do not write.
     */
    public static List<WorkKey> concernedByOurs(ResourceKind kind, ClusterId clusterId) {
        return concerned(kind, clusterId).stream()
                .filter(key -> !LOOK_AGAIN.contains(key.subject()))
                .toList();
    }

    private static boolean concerns(ResourceKind kind, Subject subject) {
        return switch (subject) {
            case CERTIFICATES -> OF_CERTIFICATES.contains(kind);
            case CONTROL_PLANE -> true; // it waits for certificates, and at the end for everything to be gone
            case ADDONS -> OF_THE_DOOR.contains(kind);
            case PUBLIC_NAME -> OF_PUBLIC_NAMES.contains(kind);
            case CALENDAR, MACHINE -> false; // no object tells of a time or of a hypervisor
        };
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
