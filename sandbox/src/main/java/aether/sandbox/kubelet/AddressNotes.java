package aether.sandbox.kubelet;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.ApiRefusal;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.Patch;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes down where a tenant API listens: on its Deployment, and on the Services that select its pods. */
final class AddressNotes {
    private static final WriteOptions OURS = new WriteOptions("sandbox-kubelet", "", true, false, Json.object());
    private final KubernetesStore store;

    AddressNotes(KubernetesStore store) {
        this.store = store;
    }

    void write(ObjectNode deployment, String address) {
        annotate(Types.DEPLOYMENT, deployment, address);
        selecting(deployment).forEach(service -> annotate(Types.SERVICE, service, address));
    }

    /** The Services that select the pods of this Deployment. */
    List<ObjectNode> selecting(ObjectNode deployment) {
        String namespace = Json.text(deployment, "metadata", "namespace");
        JsonNode labels = Json.at(deployment, "spec", "template", "metadata", "labels");
        return store.list(Types.SERVICE, namespace, Selection.ALL).items().stream()
                .filter(service -> selects(Json.at(service, "spec", "selector"), labels))
                .toList();
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(term -> labels.path(term.getKey()).equals(term.getValue()));
    }

    private void annotate(ResourceType type, ObjectNode object, String address) {
        ObjectKey key = ObjectKey.of(type, object);
        ObjectNode note = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = note.putObject("metadata").put("uid", Json.text(object, "metadata", "uid"));
        metadata.putObject("annotations").put(TenantApis.ADDRESS, address);
        try {
            if (store.find(type, key.namespace(), key.name()).isPresent()) {
                store.patch(type, key.namespace(), key.name(), new Patch.Merge(note), OURS);
            }
        } catch (ApiRefusal gone) {
            if (gone.code() != 404 && gone.code() != 409) {
                throw gone;
            }
        }
    }
}
