package aether.command.manifest;

import aether.command.request.Fields;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ClusterState;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationRejection;
import aether.domain.organization.OrganizationState;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot that a new cluster is to begin with, as a request names it.
 *
 * @param cluster the name of a cluster of the organization, or the id of one that it has or had
 * @param snapshot see {@link ClusterSnapshot#name}
 */
public record RestoreForm(String cluster, String snapshot) {

    private static final String FIELD = "restore_from";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /**
     * What a request for a new cluster leads to.
     *
     * @param snapshot what it may begin with; absent when it is refused, or begins empty
     * @param refused why not; absent when nothing stands against it
     */
    public record Found(
            @Nullable ClusterSnapshot snapshot, @Nullable OrganizationRejection refused) {}

    /** What the request says; empty when it says nothing. */
    public static Optional<RestoreForm> read(Fields spec) {
        spec.known(FIELD);
        if (!spec.has(FIELD)) {
            return Optional.empty();
        }
        Fields restore = spec.object(FIELD);
        RestoreForm read = new RestoreForm(restore.label("cluster"), restore.label("snapshot"));
        restore.done();
        return Optional.of(read);
    }

    /** Looks it up; what is not the organization's own is not looked at, so that nothing of it is told. */
    public static Found find(
            @Nullable RestoreForm asked,
            KubernetesVersion version,
            OrganizationState organization,
            Function<ClusterId, ClusterState> clusters) {
        if (asked == null) {
            return new Found(null, null);
        }
        Optional<ClusterId> source = asked.source(organization);
        if (source.isEmpty()) {
            return new Found(null, new OrganizationRejection.RestoreSourceUnknown(asked.cluster()));
        }
        ClusterEvent.ClusterRequested made = clusters.apply(source.get()).request();
        return made != null && made.version().compareTo(version) > 0
                ? new Found(null, new OrganizationRejection.RestoreIntoOlderVersion(made.version(), version))
                : new Found(new ClusterSnapshot(source.get(), asked.snapshot()), null);
    }

    /** Who holds the name now comes first; an id has the form of a name too. */
    private Optional<ClusterId> source(OrganizationState organization) {
        return organization.clusterNamed(cluster).or(() -> id().filter(organization::hasHad));
    }

    private Optional<ClusterId> id() {
        return ID.matcher(cluster).matches() ? Optional.of(new ClusterId(UUID.fromString(cluster))) : Optional.empty();
    }

    /**
     * Whether it says what a cluster was made with. A name is that of then: who holds it today may be another cluster,
     * and a manifest that has not changed must go on to mean the same.
     */
    boolean means(@Nullable ClusterSnapshot made, OrganizationState organization) {
        return made != null
                && made.name().equals(snapshot)
                && (made.clusterId().toString().equals(cluster)
                        || cluster.equals(organization.everNamed().get(made.clusterId())));
    }

    @Override
    public String toString() {
        return cluster + "/" + snapshot;
    }
}
