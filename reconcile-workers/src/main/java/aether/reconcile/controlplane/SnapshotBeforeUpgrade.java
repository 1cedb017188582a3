package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterUpgrade;
import aether.domain.cluster.Fault;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The snapshot of etcd that is taken before an upgrade touches anything, where the site keeps some.
 *
 * @param job the name of the Job that takes it; another one for each upgrade, so that none counts twice
 * @param key under which the store has it
 */
record SnapshotBeforeUpgrade(String job, String key) {

    /** Empty when no upgrade is being prepared, or the site keeps no snapshots. */
    static Optional<SnapshotBeforeUpgrade> of(DesiredControlPlane desired, RenderingOptions options) {
        boolean kept = options.upkeep().flatMap(upkeep -> upkeep.store()).isPresent();
        return desired.upgrade()
                .filter(upgrade -> kept && upgrade.phase() == ClusterUpgrade.Phase.PREPARING)
                .map(upgrade -> EtcdUpkeepRendering.SNAPSHOT + "-upgrade-" + upgrade.number())
                .map(job -> new SnapshotBeforeUpgrade(job, desired.clusterId() + "/" + job + ".db"));
    }

    /** What follows from how far the Job is. */
    Plan<ControlPlaneStep> plan(
            DesiredControlPlane desired, ObservedControlPlane observed, ControlPlaneStep.ReportUpgradePrepared report) {
        ObjectRef ref = new ObjectRef(ResourceKind.JOB, TenantNames.namespace(desired.clusterId()), job);
        JsonNode there = observed.objects().get(ref);
        if (there != null && there.at("/status/succeeded").asInt(0) > 0) {
            return Plan.of(List.of(report));
        }
        String failed = there == null ? "" : failure(there);
        return failed.isEmpty()
                ? Plan.await("the snapshot before the upgrade is being taken")
                : Plan.blocked(
                        Fault.INFRASTRUCTURE,
                        "SnapshotFailed",
                        "Expected " + ref.shown() + " to take a snapshot before the upgrade, but it failed: " + failed
                                + "; delete it to have it tried again, or abandon the upgrade");
    }

    private static String failure(JsonNode job) {
        for (JsonNode condition : job.at("/status/conditions")) {
            if (condition.path("type").asString("").equals("Failed")
                    && condition.path("status").asString("").equals("True")) {
                return condition.path("message").asString("no reason is given");
            }
        }
        return "";
    }
}
