package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletions and what they drag along: finalizers, owner references, namespaces. The real cluster leaves the dragging to
 * controllers; here it happens in the same step, and {@link #sweep} repeats it for whatever a crash cut short.
 */
final class Remover {
    private static final String METADATA = "metadata";
    private static final String FOREGROUND = "foregroundDeletion";
    private final ObjectShelf shelf;
    private final World world;

    Remover(ObjectShelf shelf, World world) {
        this.shelf = shelf;
        this.world = world;
    }

    ObjectNode delete(ObjectKey key, Deletion deletion) {
        ObjectNode live = shelf.find(key).orElseThrow(() -> ApiRefusal.notFound(key));
        check(key, live, "uid", deletion.uid());
        check(key, live, "resourceVersion", deletion.resourceVersion());
        if (deletion.dryRun()) {
            return live;
        }
        String uid = Json.text(live, METADATA, "uid");
        if (deletion.propagation() == Deletion.Propagation.ORPHAN) {
            shelf.dependentsOf(uid).forEach(dependent -> dropOwner(dependent, uid));
        }
        boolean waits = deletion.propagation() == Deletion.Propagation.FOREGROUND
                && !shelf.dependentsOf(uid).isEmpty();
        boolean isNamespace = key.type().equals(Types.NAMESPACE.id());
        if (!waits && !isNamespace && ObjectWriter.finalizers(live).isEmpty()) {
            return remove(key);
        }
        ObjectNode marked = ObjectWriter.isBeingDeleted(live) ? live : mark(key, live, waits, isNamespace);
        if (waits) {
            shelf.dependentsOf(uid).forEach(dependent -> deleteIfThere(dependent, deletion.propagation()));
        }
        if (isNamespace) {
            empty(key.name());
        }
        return shelf.find(key).orElse(marked);
    }

    private static void check(ObjectKey key, ObjectNode live, String field, String expected) {
        String actual = Json.text(live, METADATA, field);
        if (!expected.isEmpty() && !expected.equals(actual)) {
            throw ApiRefusal.conflict(
                    key,
                    "Precondition failed: %s in precondition: %s, %s in object meta: %s"
                            .formatted(field, expected, field, actual));
        }
    }

    private ObjectNode mark(ObjectKey key, ObjectNode live, boolean waits, boolean isNamespace) {
        ObjectNode object = live.deepCopy();
        ObjectNode metadata = Json.child(object, METADATA);
        metadata.put("deletionTimestamp", world.now()).put("deletionGracePeriodSeconds", 0);
        if (metadata.has("generation")) {
            metadata.put("generation", metadata.path("generation").asInt() + 1);
        }
        if (waits) {
            metadata.withArray("finalizers").add(FOREGROUND);
        }
        if (isNamespace) {
            Json.child(object, "status").put("phase", "Terminating");
        }
        return shelf.put(key, object, Json.object());
    }

    /** Called after every write: an object that is being deleted goes when its last finalizer has gone. */
    void removeIfReleased(ObjectKey key, ObjectNode object) {
        if (!ObjectWriter.isBeingDeleted(object)
                || !ObjectWriter.finalizers(object).isEmpty()) {
            return;
        }
        if (key.type().equals(Types.NAMESPACE.id())
                && !shelf.inNamespace(key.name()).isEmpty()) {
            return;
        }
        remove(key);
    }

    private ObjectNode remove(ObjectKey key) {
        ObjectNode last = shelf.remove(key);
        String uid = Json.text(last, METADATA, "uid");
        for (ObjectKey dependent : shelf.dependentsOf(uid)) {
            collect(dependent, uid);
        }
        for (JsonNode owner : Json.at(last, METADATA, "ownerReferences")) {
            releaseWaiting(Json.text(owner, "uid"));
        }
        if (!key.namespace().isEmpty()) {
            ObjectKey namespace = new ObjectKey(Types.NAMESPACE.id(), "", key.namespace());
            shelf.find(namespace).ifPresent(object -> removeIfReleased(namespace, object));
        }
        return last;
    }

    private void collect(ObjectKey dependent, String goneUid) {
        shelf.find(dependent).ifPresent(object -> {
            boolean otherOwner = Json.at(object, METADATA, "ownerReferences")
                    .valueStream()
                    .anyMatch(owner ->
                            !Json.text(owner, "uid").equals(goneUid) && shelf.hasUid(owner, dependent.namespace()));
            if (otherOwner) {
                dropOwner(dependent, goneUid);
            } else {
                deleteIfThere(dependent, Deletion.Propagation.BACKGROUND);
            }
        });
    }

    private void releaseWaiting(String ownerUid) {
        if (!shelf.dependentsOf(ownerUid).isEmpty()) {
            return;
        }
        List<ObjectKey> owners = shelf.keys()
                .filter(key -> shelf.find(key)
                        .filter(object -> Json.text(object, METADATA, "uid").equals(ownerUid))
                        .filter(ObjectWriter::isBeingDeleted)
                        .isPresent())
                .toList();
        for (ObjectKey key : owners) {
            ObjectNode object = shelf.find(key).orElseThrow().deepCopy();
            if (ObjectWriter.finalizers(object)
                    .valueStream()
                    .anyMatch(name -> name.asString("").equals(FOREGROUND))) {
                ((ArrayNode) Json.at(object, METADATA, "finalizers"))
                        .removeIf(name -> name.asString("").equals(FOREGROUND));
                removeIfReleased(key, shelf.put(key, object, Json.object()));
            }
        }
    }

    private void dropOwner(ObjectKey dependent, String uid) {
        shelf.find(dependent).ifPresent(live -> {
            ObjectNode object = live.deepCopy();
            ArrayNode owners = (ArrayNode) Json.at(object, METADATA, "ownerReferences");
            owners.removeIf(owner -> Json.text(owner, "uid").equals(uid));
            if (owners.isEmpty()) {
                Json.child(object, METADATA).remove("ownerReferences");
            }
            shelf.put(dependent, object, Json.object());
        });
    }

    private void deleteIfThere(ObjectKey key, Deletion.Propagation propagation) {
        if (shelf.find(key).isPresent()) {
            delete(key, new Deletion("", "", propagation, false));
        }
    }

    private void empty(String namespace) {
        shelf.inNamespace(namespace).forEach(key -> deleteIfThere(key, Deletion.Propagation.BACKGROUND));
        ObjectKey key = new ObjectKey(Types.NAMESPACE.id(), "", namespace);
        shelf.find(key).ifPresent(object -> removeIfReleased(key, object));
    }

    void sweep() {
        for (ObjectKey key : shelf.keys().toList()) {
            shelf.find(key).filter(ObjectWriter::isBeingDeleted).ifPresent(object -> {
                if (key.type().equals(Types.NAMESPACE.id())) {
                    empty(key.name());
                } else {
                    shelf.dependentsOf(Json.text(object, METADATA, "uid")).stream()
                            .filter(dependent ->
                                    ObjectWriter.finalizers(object).toString().contains(FOREGROUND))
                            .forEach(dependent -> deleteIfThere(dependent, Deletion.Propagation.FOREGROUND));
                    releaseWaiting(Json.text(object, METADATA, "uid"));
                    shelf.find(key).ifPresent(still -> removeIfReleased(key, still));
                }
            });
        }
        for (ObjectKey key : shelf.keys().toList()) {
            shelf.find(key).ifPresent(object -> {
                JsonNode owners = Json.at(object, METADATA, "ownerReferences");
                if (!owners.isEmpty()
                        && owners.valueStream().noneMatch(owner -> shelf.hasUid(owner, key.namespace()))) {
                    deleteIfThere(key, Deletion.Propagation.BACKGROUND);
                }
            });
        }
    }
}
