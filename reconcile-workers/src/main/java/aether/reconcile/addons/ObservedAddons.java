package aether.reconcile.addons;

import aether.reconcile.render.ObjectRef;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is there inside a tenant's API.
 *
 * @param open whether the API can be used
 * @param token the bootstrap token that is kept, once there is one
 * @param objects what carries our label, and the nodes that came with a snapshot
 */
public record ObservedAddons(boolean open, Optional<BootstrapToken> token, Map<ObjectRef, JsonNode> objects) {
    public ObservedAddons {
        objects = Map.copyOf(objects);
    }
}
