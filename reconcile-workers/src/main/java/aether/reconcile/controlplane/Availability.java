package aether.reconcile.controlplane;

import aether.reconcile.kube.Conditions;
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
        for (ObjectRef ref : workloads(namespace)) {
            JsonNode workload = objects.get(ref);
            String trouble = workload == null ? "it is missing" : trouble(ref, workload);
            if (!trouble.isEmpty()) {
                return ref.shown() + ": " + trouble;
            }
        }
        return "";
    }

    /**
     * Whether pods are only being exchanged for others, without anybody noticing: of each Deployment as many serve as
     * are wanted, because it begins with one more, and of several etcd members one at most does not.
     */
    static boolean isReplacing(Map<ObjectRef, JsonNode> objects, String namespace) {
        return !trouble(objects, namespace).isEmpty()
                && workloads(namespace).stream().allMatch(ref -> {
                    JsonNode workload = objects.get(ref);
                    return workload != null && serving(ref, workload) >= needed(ref, workload);
                });
    }

    private static List<ObjectRef> workloads(String namespace) {
        return List.of(
                new ObjectRef(ResourceKind.STATEFUL_SET, namespace, TenantNames.ETCD),
                new ObjectRef(ResourceKind.DEPLOYMENT, namespace, TenantNames.API_SERVICE),
                new ObjectRef(ResourceKind.DEPLOYMENT, namespace, ControllersRendering.CONTROLLER_MANAGER),
                new ObjectRef(ResourceKind.DEPLOYMENT, namespace, ControllersRendering.SCHEDULER));
    }

    private static int needed(ObjectRef ref, JsonNode workload) {
        int wanted = wanted(workload);
        return ref.kind().equals(ResourceKind.STATEFUL_SET) && wanted > 1 ? wanted - 1 : wanted;
    }

    private static int wanted(JsonNode workload) {
        return workload.at("/spec/replicas").asInt(1);
    }

    private static int serving(ObjectRef ref, JsonNode workload) {
        boolean deployment = ref.kind().equals(ResourceKind.DEPLOYMENT);
        return workload.at(deployment ? "/status/availableReplicas" : "/status/readyReplicas")
                .asInt(0);
    }

    /** Why one workload does not serve as it should; empty when it does. */
    static String trouble(ObjectRef ref, JsonNode workload) {
        int wanted = wanted(workload);
        if (workload.at("/status/observedGeneration").asLong(0)
                < workload.at("/metadata/generation").asLong(0)) {
            return "its change is not seen yet";
        }
        int updated = workload.at("/status/updatedReplicas").asInt(0);
        int ready = serving(ref, workload);
        return updated >= wanted && ready >= wanted
                ? ""
                : ready + " of " + wanted + " pods serve, " + updated + " are up to date" + message(workload);
    }

    private static String message(JsonNode workload) {
        String message = Conditions.message(workload, "Available");
        return message.isEmpty() ? "" : ", " + message;
    }
}
