package aether.command.manifest;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.MaintenanceWindow;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Documents of one cluster, and what it is. */
final class Documents {

    static final ClusterId ID = new ClusterId(new UUID(0, 1));

    static final ClusterState REQUESTED = ClusterState.ABSENT.apply(new ClusterEvent.ClusterRequested(
            ID,
            new OrganizationId(new UUID(0, 3)),
            "shop",
            "local",
            KubernetesVersion.SUPPORTED.getFirst(),
            false,
            Channel.KUBERNETES));

    static final ClusterState RUNNING = REQUESTED.apply(new ClusterEvent.ClusterRunning(ID));

    private Documents() {}

    /** One that says nothing of what may be left out. */
    static Document.Cluster cluster() {
        return of(null, null, null, null);
    }

    static Document.Cluster sleeping(@Nullable Boolean hibernated) {
        return of(hibernated, null, null, null);
    }

    static Document.Cluster with(@Nullable List<MaintenanceWindow> windows, LifeForm.@Nullable Pause pause) {
        return of(null, windows, pause, null);
    }

    static Document.Cluster rotating(int generation) {
        return of(null, null, null, generation);
    }

    private static Document.Cluster of(
            @Nullable Boolean hibernated,
            @Nullable List<MaintenanceWindow> windows,
            LifeForm.@Nullable Pause pause,
            @Nullable Integer authority) {
        return new Document.Cluster(
                0,
                "acme",
                "shop",
                "local",
                KubernetesVersion.SUPPORTED.getFirst(),
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                hibernated,
                windows,
                pause,
                authority);
    }
}
