package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterUpgrade;
import aether.domain.cluster.Fault;
import aether.domain.kernel.KubernetesVersion;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether a stage of an upgrade is over. It is asked when everything is as rendered for that stage, every pod
 * is up to date and serves, and the API has answered with the version of the stage.
 */
final class UpgradePlanner {

    private UpgradePlanner() {}

    static Plan<ControlPlaneStep> plan(
            ClusterUpgrade upgrade,
            DesiredControlPlane desired,
            ObservedControlPlane observed,
            Optional<SnapshotBefore> snapshot) {
        KubernetesVersion to = upgrade.to();
        return switch (upgrade.phase()) {
            case PREPARING -> {
                var report = new ControlPlaneStep.ReportUpgradePrepared(
                        to, snapshot.map(SnapshotBefore::key).orElse(""), movesEtcd(upgrade));
                Plan<ControlPlaneStep> prepared = Plan.of(List.of(report));
                yield snapshot.map(taken -> taken.plan(
                                desired,
                                observed,
                                prepared,
                                failure -> Plan.blocked(
                                        Fault.INFRASTRUCTURE,
                                        "SnapshotFailed",
                                        failure + "; delete it to have it tried again, or abandon the upgrade")))
                        .orElse(prepared);
            }
            case ETCD -> Plan.of(List.of(new ControlPlaneStep.ReportEtcdUpgraded(to)));
            case API_SERVERS, SERVING -> Plan.of(List.of(new ControlPlaneStep.ReportApiServersUpgraded(to)));
            case CONTROLLERS -> Plan.of(List.of(new ControlPlaneStep.ReportReady(to)));
            case NODES -> Plan.done();
        };
    }

    /** While API servers are exchanged, the first new one that serves is news: from there on a minor is for good. */
    static Optional<Plan<ControlPlaneStep>> inTrouble(DesiredControlPlane desired, ObservedControlPlane observed) {
        return desired.upgrade()
                .filter(upgrade -> upgrade.phase() == ClusterUpgrade.Phase.API_SERVERS)
                .filter(upgrade -> aNewOneServes(desired, observed))
                .map(upgrade -> Plan.andLookAgain(
                        List.of(new ControlPlaneStep.ReportUpgradeServing(upgrade.to())), observed.trouble()));
    }

    /** A rollout adds before it takes away, so whatever serves beyond those of before is new. */
    private static boolean aNewOneServes(DesiredControlPlane desired, ObservedControlPlane observed) {
        JsonNode deployment = observed.objects()
                .get(new ObjectRef(
                        ResourceKind.DEPLOYMENT, TenantNames.namespace(desired.clusterId()), TenantNames.API_SERVICE));
        if (deployment == null
                || deployment.at("/status/observedGeneration").asLong(0)
                        < deployment.at("/metadata/generation").asLong(0)) {
            return false;
        }
        int updated = deployment.at("/status/updatedReplicas").asInt(0);
        int before = deployment.at("/status/replicas").asInt(0) - updated;
        return updated > 0 && deployment.at("/status/readyReplicas").asInt(0) > before;
    }

    private static boolean movesEtcd(ClusterUpgrade upgrade) {
        return !MinorRow.of(upgrade.from())
                .etcd()
                .equals(MinorRow.of(upgrade.to()).etcd());
    }
}
