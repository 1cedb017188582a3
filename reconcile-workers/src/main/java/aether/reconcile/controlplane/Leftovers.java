package aether.reconcile.controlplane;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What we applied once and nothing wants any more, because a site or a customer has taken a setting back. Only kinds
 * that act by being there; all else goes with the namespace.
 */
final class Leftovers {

    private static final Set<ResourceKind> KINDS =
            Set.of(ResourceKind.CRON_JOB, ResourceKind.NETWORK_POLICY, ResourceKind.POD_DISRUPTION_BUDGET);

    private Leftovers() {}

    /** What takes it away, by kind and name. */
    static List<ControlPlaneStep> of(
            DesiredControlPlane desired, ObservedControlPlane observed, List<Rendered> wanted) {
        Set<ObjectRef> kept = wanted.stream().map(Rendered::ref).collect(Collectors.toSet());
        ObjectRef authority = new ObjectRef(
                ResourceKind.CONFIG_MAP, TenantNames.namespace(desired.clusterId()), OidcRendering.AUTHORITY);
        return observed.objects().entrySet().stream()
                .filter(entry ->
                        KINDS.contains(entry.getKey().kind()) || entry.getKey().equals(authority))
                .filter(entry -> !kept.contains(entry.getKey()) && isApplied(entry.getValue()))
                .sorted(Comparator.comparing(entry -> entry.getKey().shown()))
                .map(Leftovers::delete)
                .toList();
    }

    /** Somebody else's, whatever its labels, is left alone. */
    private static boolean isApplied(JsonNode object) {
        return object.path("metadata").path("annotations").has(Rendered.HASH);
    }

    private static ControlPlaneStep delete(Map.Entry<ObjectRef, JsonNode> entry) {
        return new ControlPlaneStep.Delete(
                entry.getKey(), entry.getValue().at("/metadata/uid").asString(""));
    }
}
