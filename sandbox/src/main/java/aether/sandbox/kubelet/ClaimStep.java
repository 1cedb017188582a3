package aether.sandbox.kubelet;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import tools.jackson.databind.node.ObjectNode;

/** Every claim gets its volume at once. */
final class ClaimStep {
    private final KubernetesStore store;

    ClaimStep(KubernetesStore store) {
        this.store = store;
    }

    void reconcile(ObjectKey key) {
        store.find(Types.CLAIM, key.namespace(), key.name()).ifPresent(live -> {
            ObjectNode claim = live.deepCopy();
            ObjectNode status = Json.child(claim, "status").put("phase", "Bound");
            if (Json.at(claim, "spec", "resources").path("requests") instanceof ObjectNode requests) {
                status.set("capacity", requests.deepCopy());
            }
            store.update(
                    Types.CLAIM,
                    key.namespace(),
                    key.name(),
                    claim,
                    WriteOptions.by("sandbox-kubelet").ofStatus());
        });
    }
}
