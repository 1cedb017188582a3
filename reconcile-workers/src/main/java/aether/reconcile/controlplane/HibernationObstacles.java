package aether.reconcile.controlplane;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What of a control plane, as it is, would lose its data in a sleep or could not be woken from it. */
final class HibernationObstacles {

    private HibernationObstacles() {}

    /** The first of them, as a sentence without a period at its end. */
    static Optional<String> first(DesiredControlPlane desired, ObservedControlPlane observed) {
        List<String> found = new ArrayList<>();
        String namespace = TenantNames.namespace(desired.clusterId());
        for (ObjectRef claim : volumes(desired)) {
            volume(claim, observed.objects()).ifPresent(found::add);
        }
        JsonNode etcd = observed.objects().get(new ObjectRef(ResourceKind.STATEFUL_SET, namespace, TenantNames.ETCD));
        // By default it keeps them; somebody else may have said otherwise (Kubernetes: StatefulSets, PVC retention).
        if (etcd != null
                && etcd.at("/spec/persistentVolumeClaimRetentionPolicy/whenScaled")
                        .asString("")
                        .equals("Delete")) {
            found.add(
                    "StatefulSet/etcd would delete its volumes, for spec.persistentVolumeClaimRetentionPolicy.whenScaled"
                            + " is Delete");
        }
        found.addAll(Webhooks.inTheWay(observed.objects()));
        return found.stream().findFirst();
    }

    /** The claims of etcd's members. */
    static List<ObjectRef> volumes(DesiredControlPlane desired) {
        List<ObjectRef> claims = new ArrayList<>();
        for (int member = 0; member < desired.etcdMembers(); member++) {
            claims.add(new ObjectRef(
                    ResourceKind.PERSISTENT_VOLUME_CLAIM,
                    TenantNames.namespace(desired.clusterId()),
                    EtcdRendering.DATA + "-" + TenantNames.ETCD + "-" + member));
        }
        return List.copyOf(claims);
    }

    private static Optional<String> volume(ObjectRef claim, Map<ObjectRef, JsonNode> objects) {
        JsonNode there = objects.get(claim);
        if (there == null) {
            return Optional.of("etcd has no volume, " + claim.shown() + " is not there");
        }
        if (!there.at("/metadata/deletionTimestamp").asString("").isEmpty()) {
            return Optional.of("etcd's volume would go with its pod, " + claim.shown() + " is being deleted");
        }
        String phase = there.at("/status/phase").asString("");
        return phase.equals("Bound")
                ? Optional.empty()
                : Optional.of("etcd has no volume, " + claim.shown() + " is " + (phase.isEmpty() ? "Pending" : phase));
    }
}
