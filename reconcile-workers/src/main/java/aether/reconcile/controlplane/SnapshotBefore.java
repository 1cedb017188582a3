package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterUpgrade;
import aether.reconcile.kube.Conditions;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The snapshot of etcd that is taken before an upgrade or a hibernation touches anything, where the site keeps some.
 *
 * @param what it is taken before, as a sentence has it
 * @param job the name of the Job that takes it; another one each time, so that none counts twice
 * @param key under which the store has it
 */
record SnapshotBefore(String what, String job, String key) {

    /** Empty when nothing is being prepared, or the site keeps no snapshots. */
    static Optional<SnapshotBefore> of(DesiredControlPlane desired, RenderingOptions options) {
        if (options.upkeep().flatMap(upkeep -> upkeep.store()).isEmpty()) {
            return Optional.empty();
        }
        ClusterHibernation hibernation = desired.hibernation();
        if (hibernation.phase() == ClusterHibernation.Phase.PREPARING) {
            return Optional.of(named(desired, "hibernation", hibernation.number()));
        }
        return desired.upgrade()
                .filter(upgrade -> upgrade.phase() == ClusterUpgrade.Phase.PREPARING)
                .map(upgrade -> named(desired, "upgrade", upgrade.number()));
    }

    private static SnapshotBefore named(DesiredControlPlane desired, String what, long number) {
        String job = EtcdUpkeepRendering.SNAPSHOT + "-" + what + "-" + number;
        return new SnapshotBefore(what, job, desired.clusterId() + "/" + job + ".db");
    }

    /**
     * What follows from how far the Job is.
     *
     * @param failed what follows from a failure, of which a sentence without a period at its end tells
     */
    Plan<ControlPlaneStep> plan(
            DesiredControlPlane desired,
            ObservedControlPlane observed,
            Plan<ControlPlaneStep> taken,
            Function<String, Plan<ControlPlaneStep>> failed) {
        ObjectRef ref = new ObjectRef(ResourceKind.JOB, TenantNames.namespace(desired.clusterId()), job);
        JsonNode there = observed.objects().get(ref);
        if (there != null && there.at("/status/succeeded").asInt(0) > 0) {
            return taken;
        }
        String failure = there == null ? "" : failure(there);
        return failure.isEmpty()
                ? Plan.await("the snapshot before the " + what + " is being taken")
                : failed.apply("Expected " + ref.shown() + " to take a snapshot before the " + what
                        + ", but it failed: " + failure);
    }

    private static String failure(JsonNode job) {
        if (!Conditions.is(job, "Failed", "True")) {
            return "";
        }
        String message = Conditions.message(job, "Failed");
        return message.isEmpty() ? "no reason is given" : message;
    }
}
