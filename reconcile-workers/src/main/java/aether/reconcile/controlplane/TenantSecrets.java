package aether.reconcile.controlplane;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The Secrets among the objects of a tenant's namespace. */
final class TenantSecrets {

    private TenantSecrets() {}

    /** By name. */
    static Map<String, JsonNode> in(Map<ObjectRef, JsonNode> objects) {
        Map<String, JsonNode> secrets = new HashMap<>();
        objects.forEach((ref, object) -> {
            if (ref.kind().equals(ResourceKind.SECRET)) {
                secrets.put(ref.name(), object);
            }
        });
        return secrets;
    }
}
