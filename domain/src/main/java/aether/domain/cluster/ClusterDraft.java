package aether.domain.cluster;

import aether.domain.kernel.KubernetesVersion;
import aether.domain.nodepool.NodePoolId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cluster's state while one event changes it: only what the event changes has to be named. */
final class ClusterDraft {

    ClusterEvent.@Nullable ClusterRequested request;
    ClusterStatus status;
    Set<ProvisioningStage> reached;

    @Nullable
    ProvisioningStage late;

    Set<ClusterState.Wanted> wanted;

    @Nullable
    KubernetesVersion observed;

    ClusterEvent.@Nullable EndpointPublished endpoint;
    Map<String, NodePoolId> pools;
    long poolClaims;
    long epoch;
    List<String> apiNames;
    List<String> authorizedCidrs;
    ControlPlaneSettings settings;
    ClusterAuthorities authorities;
    ClusterKeys keys;
    Map<String, IssuedCertificate> certificates;
    ClusterEvent.@Nullable RenewalOverdue overdue;
    Map<String, ClusterEvent.WorkStalled> stalls;
    PublicName publicName;

    @Nullable
    ClusterUpgrade upgrade;

    long upgrades;
    Map<NodePoolId, KubernetesVersion> kubelets;

    @Nullable
    ClusterPause pause;

    Maintenance maintenance;
    ClusterHibernation hibernation;

    ClusterDraft(ClusterState before) {
        request = before.request();
        status = before.status();
        reached = before.reached();
        late = before.late();
        wanted = before.wanted();
        observed = before.observed();
        endpoint = before.endpoint();
        pools = before.pools();
        poolClaims = before.poolClaims();
        epoch = before.epoch();
        apiNames = before.apiNames();
        authorizedCidrs = before.authorizedCidrs();
        settings = before.settings();
        authorities = before.authorities();
        keys = before.keys();
        certificates = before.certificates();
        upgrade = before.upgrade();
        upgrades = before.upgrades();
        kubelets = before.kubelets();
        overdue = before.overdue();
        stalls = before.stalls();
        publicName = before.publicName();
        pause = before.pause();
        maintenance = before.maintenance();
        hibernation = before.hibernation();
    }

    ClusterState state() {
        return new ClusterState(
                request,
                status,
                reached,
                late,
                wanted,
                observed,
                endpoint,
                pools,
                poolClaims,
                epoch,
                apiNames,
                authorizedCidrs,
                settings,
                authorities,
                keys,
                certificates,
                overdue,
                stalls,
                publicName,
                upgrade,
                upgrades,
                kubelets,
                pause,
                maintenance,
                hibernation);
    }
}
