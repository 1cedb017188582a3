package aether.projection.clusters;

import aether.domain.cluster.ClusterStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cluster's view while one event changes it. */
final class ClusterDraft {

    private final ClusterView before;
    private String k8sVersion;
    private String status;
    private @Nullable String message;
    private @Nullable String endpoint;
    private @Nullable String observed;
    private @Nullable String lbSubnet;
    private @Nullable String workerSubnet;
    private List<StandingWork> standing;

    ClusterDraft(ClusterView before) {
        this.before = before;
        this.k8sVersion = before.k8sVersion();
        this.status = before.status();
        this.message = before.statusMessage();
        this.endpoint = before.endpoint();
        this.observed = before.observedKubernetesVersion();
        this.lbSubnet = before.lbSubnet();
        this.workerSubnet = before.workerSubnet();
        this.standing = before.standing();
    }

    ClusterDraft in(ClusterStatus next, @Nullable String saying) {
        status = next.published();
        message = saying;
        return this;
    }

    /** Says what the provisioning waits for next; a cluster that is past provisioning has nothing to say about it. */
    ClusterDraft waitingFor(String what) {
        if (status.equals(ClusterStatus.PROVISIONING.published())) {
            message = "Waiting for " + what + ".";
        }
        return this;
    }

    ClusterDraft saying(String sentence) {
        message = sentence;
        return this;
    }

    ClusterDraft sayingNothing() {
        message = null;
        return this;
    }

    ClusterDraft standing(List<StandingWork> next) {
        standing = next;
        return this;
    }

    ClusterDraft wanting(String version) {
        k8sVersion = version;
        return this;
    }

    ClusterDraft observing(@Nullable String version) {
        observed = version;
        return this;
    }

    ClusterDraft reachableAt(String url) {
        endpoint = url;
        return this;
    }

    ClusterDraft inNetwork(@Nullable String workers, @Nullable String loadBalancer) {
        workerSubnet = workers;
        lbSubnet = loadBalancer;
        return this;
    }

    ClusterView at(Instant when) {
        return new ClusterView(
                before.id(),
                before.orgId(),
                before.name(),
                before.region(),
                k8sVersion,
                status,
                message,
                endpoint,
                observed,
                lbSubnet,
                workerSubnet,
                standing,
                before.createdPosition(),
                before.createdAt(),
                when);
    }
}
