package aether.sandbox.kubelet;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import tools.jackson.databind.node.ObjectNode;

/** Every claim gets its volume at once, unless a switch says otherwise. */
final class ClaimStep {
    private final KubernetesStore store;
    private final PodFaults faults;

    ClaimStep(KubernetesStore store, PodFaults faults) {
        this.store = store;
        this.faults = faults;
    }

    void reconcile(ObjectKey key) {
        store.find(Types.CLAIM, key.namespace(), key.name()).ifPresent(live -> {
            String phase = faults.claimPhase(Json.text(live, "status", "phase"));
            ObjectNode claim = live.deepCopy();
            ObjectNode status = Json.child(claim, "status").put("phase", phase);
            if (phase.equals(PodFaults.BOUND)
                    && Json.at(claim, "spec", "resources").path("requests") instanceof ObjectNode requests) {
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
