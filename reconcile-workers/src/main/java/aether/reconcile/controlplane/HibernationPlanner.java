package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterHibernation;
import aether.domain.kernel.KubernetesVersion;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether a phase of a hibernation, or of its end, is over. It is asked when everything is as rendered for that
 * phase. What sleeps is no trouble: nobody is asked, and nothing is called degraded.
 */
final class HibernationPlanner {

    /** A pod that is replaced is back by then; a control plane that is not is no state to leave data in. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Set<String> ABOVE_ETCD =
            Set.of(TenantNames.API_SERVICE, ControllersRendering.CONTROLLER_MANAGER, ControllersRendering.SCHEDULER);

    private HibernationPlanner() {}

    static Plan<ControlPlaneStep> plan(
            DesiredControlPlane desired, ObservedControlPlane observed, Optional<SnapshotBefore> snapshot) {
        return switch (desired.hibernation().phase()) {
            case PREPARING -> preparing(desired, observed, snapshot);
            case API_STOPPING -> whenGone(desired, observed, ABOVE_ETCD);
            case ETCD_STOPPING -> whenGone(desired, observed, Set.of(TenantNames.ETCD));
            case CERTIFICATES ->
                observed.notReissued().isEmpty()
                        ? Plan.of(List.of(done(desired)))
                        : Plan.awaitTold("waiting for cert-manager: " + new TreeMap<>(observed.notReissued()));
            case ETCD_STARTING -> whenServing(desired, observed);
            case API_STARTING, CONTROLLERS_STARTING ->
                whenAnswering(desired, observed, Plan.of(List.of(done(desired))));
            case AWAKE, NODES_LEAVING, ASLEEP, NODES_JOINING -> Plan.done(); // machines go and come elsewhere
        };
    }

    /** Whatever would keep it from waking, or would lose data, is said while nothing is touched yet. */
    private static Plan<ControlPlaneStep> preparing(
            DesiredControlPlane desired, ObservedControlPlane observed, Optional<SnapshotBefore> snapshot) {
        Optional<String> obstacle = HibernationObstacles.first(desired, observed);
        if (obstacle.isPresent()) {
            return obstructed(desired, obstacle.get());
        }
        if (observed.troubledFor().compareTo(PATIENCE) >= 0) {
            return obstructed(desired, "the control plane does not serve, " + observed.trouble());
        }
        long number = desired.hibernation().number();
        Plan<ControlPlaneStep> prepared = Plan.of(List.of(new ControlPlaneStep.ReportHibernationPrepared(
                number, snapshot.map(SnapshotBefore::key).orElse(""))));
        return whenAnswering(
                desired,
                observed,
                snapshot.map(taken -> taken.plan(desired, observed, prepared, failure -> obstructed(desired, failure)))
                        .orElse(prepared));
    }

    private static Plan<ControlPlaneStep> obstructed(DesiredControlPlane desired, String obstacle) {
        return Plan.of(List.of(new ControlPlaneStep.ReportHibernationObstructed(
                desired.hibernation().number(), obstacle)));
    }

    /** A pod that ends still writes; only one that is gone is not there any more. */
    private static Plan<ControlPlaneStep> whenGone(
            DesiredControlPlane desired, ObservedControlPlane observed, Set<String> components) {
        return observed.objects().entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals(ResourceKind.POD)
                        && components.contains(component(entry.getValue())))
                .map(entry -> entry.getKey().shown())
                .sorted()
                .findFirst()
                .<Plan<ControlPlaneStep>>map(pod -> Plan.await(pod + " is going"))
                .orElseGet(() -> Plan.of(List.of(done(desired))));
    }

    private static String component(JsonNode pod) {
        return pod.path("metadata").path("labels").path(Labels.NAME).asString("");
    }

    private static Plan<ControlPlaneStep> whenServing(DesiredControlPlane desired, ObservedControlPlane observed) {
        return observed.trouble().isEmpty() ? Plan.of(List.of(done(desired))) : Plan.awaitTold(observed.trouble());
    }

    private static Plan<ControlPlaneStep> whenAnswering(
            DesiredControlPlane desired, ObservedControlPlane observed, Plan<ControlPlaneStep> then) {
        if (!observed.trouble().isEmpty()) {
            return Plan.awaitTold(observed.trouble());
        }
        KubernetesVersion version = desired.versions().apiServers();
        return observed.version().equals("v" + version)
                ? then
                : Plan.await("it answers with " + observed.version() + " and should with v" + version);
    }

    private static ControlPlaneStep done(DesiredControlPlane desired) {
        ClusterHibernation hibernation = desired.hibernation();
        return new ControlPlaneStep.ReportHibernationPhaseDone(hibernation.number(), hibernation.phase());
    }
}
