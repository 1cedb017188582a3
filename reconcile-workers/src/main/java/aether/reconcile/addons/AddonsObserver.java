package aether.reconcile.addons;

import aether.reconcile.controlplane.TenantDoor;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Looks into a tenant's own API; takes no action. */
public final class AddonsObserver {

    private static final List<ResourceKind> KINDS = List.of(
            ResourceKind.SECRET,
            ResourceKind.CONFIG_MAP,
            ResourceKind.SERVICE,
            ResourceKind.SERVICE_ACCOUNT,
            ResourceKind.ROLE,
            ResourceKind.ROLE_BINDING,
            ResourceKind.CLUSTER_ROLE,
            ResourceKind.CLUSTER_ROLE_BINDING,
            ResourceKind.DEPLOYMENT,
            ResourceKind.DAEMON_SET);

    private final KubeApi cluster;
    private final TenantDoor tenants;

    /** Looks through the door of each tenant. */
    public AddonsObserver(KubeApi cluster, TenantDoor tenants) {
        this.cluster = cluster;
        this.tenants = tenants;
    }

    /** What is there now. */
    public ObservedAddons observe(DesiredAddons desired) {
        Optional<BootstrapToken> token =
                cluster.find(BootstrapToken.kept(desired.clusterId())).map(BootstrapToken::of);
        return tenants.open(desired.clusterId(), desired.endpoint())
                .map(api -> new ObservedAddons(true, token, objects(api, desired)))
                .orElse(new ObservedAddons(false, token, Map.of()));
    }

    private static Map<ObjectRef, JsonNode> objects(KubeApi api, DesiredAddons desired) {
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        KINDS.forEach(kind -> put(objects, kind, api.list(kind, "", Map.of(Labels.MANAGED_BY, Labels.AETHER))));
        if (InheritedObjects.mayHaveNodes(desired)) {
            put(objects, ResourceKind.NODE, api.list(ResourceKind.NODE, "", Map.of()));
        }
        return objects;
    }

    private static void put(Map<ObjectRef, JsonNode> objects, ResourceKind kind, List<JsonNode> found) {
        found.forEach(object -> objects.put(
                new ObjectRef(
                        kind,
                        object.at("/metadata/namespace").asString(""),
                        object.at("/metadata/name").asString("")),
                object));
    }
}
