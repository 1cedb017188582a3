package aether.reconcile.controlplane;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads from the status of workloads whether their pods serve. */
final class Availability {

    private Availability() {}

    /** Which workload of the control plane does not serve, and why; empty when all do. */
    static String trouble(Map<ObjectRef, JsonNode> objects, String namespace) {
        for (ObjectRef ref : List.of(
                new ObjectRef(ResourceKind.STATEFUL_SET, namespace, TenantNames.ETCD),
                new ObjectRef(ResourceKind.DEPLOYMENT, namespace, TenantNames.API_SERVICE),
                new ObjectRef(ResourceKind.DEPLOYMENT, namespace, ControllersRendering.CONTROLLER_MANAGER),
                new ObjectRef(ResourceKind.DEPLOYMENT, namespace, ControllersRendering.SCHEDULER))) {
            JsonNode workload = objects.get(ref);
            String trouble = workload == null ? "it is missing" : trouble(ref, workload);
            if (!trouble.isEmpty()) {
                return ref.shown() + ": " + trouble;
            }
        }
        return "";
    }

    /** Why one workload does not serve as it should; empty when it does. */
    static String trouble(ObjectRef ref, JsonNode workload) {
        int wanted = workload.at("/spec/replicas").asInt(1);
        if (workload.at("/status/observedGeneration").asLong(0)
                < workload.at("/metadata/generation").asLong(0)) {
            return "its change is not seen yet";
        }
        boolean deployment = ref.kind().equals(ResourceKind.DEPLOYMENT);
        int updated = workload.at("/status/updatedReplicas").asInt(0);
        int ready = workload.at(deployment ? "/status/availableReplicas" : "/status/readyReplicas")
                .asInt(0);
        return updated >= wanted && ready >= wanted
                ? ""
                : ready + " of " + wanted + " pods serve, " + updated + " are up to date" + message(workload);
    }

    private static String message(JsonNode workload) {
        for (JsonNode condition : workload.at("/status/conditions")) {
            String message = condition.path("message").asString("");
            if (condition.path("type").asString("").equals("Available") && !message.isEmpty()) {
                return ", " + message;
            }
        }
        return "";
    }
}
