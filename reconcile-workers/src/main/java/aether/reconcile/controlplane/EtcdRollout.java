package aether.reconcile.controlplane;

import aether.reconcile.kube.Conditions;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Says when a change of etcd's StatefulSet has to wait, so that no change of ours takes the majority away. A
 * StatefulSet whose pods are managed in parallel, as those of a majority have to be, replaces the last pod that is not
 * as its template says, and asks nothing of the others: one that is being replaced for the change before, or whose node
 * is away, is then the second that does not serve. Source: Kubernetes, stateful_set_control.go, before
 * MaxUnavailableStatefulSet.
 */
final class EtcdRollout {

    private EtcdRollout() {}

    /**
     * Whether a change has to wait until the members are as they were asked to be before. It does not where there is no
     * majority to lose, nor where the member that would go first serves nobody: only by the change may it serve again.
     */
    static boolean holdsBack(DesiredControlPlane desired, ObservedControlPlane observed, Rendered change) {
        ObjectRef etcd =
                new ObjectRef(ResourceKind.STATEFUL_SET, TenantNames.namespace(desired.clusterId()), TenantNames.ETCD);
        JsonNode there = observed.objects().get(etcd);
        if (there == null
                || desired.etcdMembers() == 1
                || !change.ref().equals(etcd)
                || !desired.hibernation().runsEtcd()
                || there.at("/spec/replicas").asInt(1) != desired.etcdMembers() // whose number is wrong never settle
                || Availability.trouble(etcd, there).isEmpty()) {
            return false;
        }
        Set<String> serving = serving(observed.objects());
        boolean majority = serving.size() > desired.etcdMembers() / 2;
        return majority && serving.contains(TenantNames.ETCD + "-" + (desired.etcdMembers() - 1));
    }

    private static Set<String> serving(Map<ObjectRef, JsonNode> objects) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals(ResourceKind.POD))
                .filter(entry -> isReadyMember(entry.getValue()))
                .map(entry -> entry.getKey().name())
                .collect(Collectors.toSet());
    }

    private static boolean isReadyMember(JsonNode pod) {
        return Conditions.is(pod, "Ready", "True")
                && pod.at("/metadata/deletionTimestamp").asString("").isEmpty()
                && pod.at("/metadata/labels").path(Labels.NAME).asString("").equals(TenantNames.ETCD);
    }
}
