package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates, updates and patches: what the API server does between the request and etcd. Runs under the store's lock. */
final class ObjectWriter {
    private static final String METADATA = "metadata";
    private final ObjectShelf shelf;
    private final World world;
    private final ServiceAddresses addresses;
    private final Remover remover;
    private final Admission admission;

    ObjectWriter(ObjectShelf shelf, World world, Admission admission) {
        this.admission = admission;
        this.shelf = shelf;
        this.world = world;
        this.addresses = new ServiceAddresses(shelf);
        this.remover = new Remover(shelf, world);
    }

    ObjectNode create(ResourceType type, String namespace, ObjectNode asked, WriteOptions options) {
        ObjectNode object = asked.deepCopy();
        ObjectNode metadata = Json.child(object, METADATA);
        if (Json.text(metadata, "name").isEmpty()
                && !Json.text(metadata, "generateName").isEmpty()) {
            metadata.put("name", Json.text(metadata, "generateName") + world.suffix());
        }
        if (!Json.text(metadata, "resourceVersion").isEmpty()) {
            throw ApiRefusal.badRequest("resourceVersion should not be set on objects to be created");
        }
        ObjectKey key = ObjectKey.of(type, namespace, Json.text(metadata, "name"));
        if (shelf.find(key).isPresent()) {
            throw ApiRefusal.alreadyExists(key);
        }
        checkIdentity(type, key, object);
        admission.prune(type, object);
        metadata.remove("managedFields");
        prepareNew(type, key, object);
        ManagedFields.recordUpdate(Json.object(), object, owner(options), world.now());
        return commit(type, key, Json.object(), object, options);
    }

    private void prepareNew(ResourceType type, ObjectKey key, ObjectNode object) {
        if (key.name().isEmpty()) {
            throw ApiRefusal.invalid(key, "metadata.name", "Required value: name or generateName is required");
        }
        ObjectNode metadata = Json.child(object, METADATA);
        if (type.namespaced()) {
            checkNamespace(key);
            metadata.put("namespace", key.namespace());
        } else {
            metadata.remove("namespace");
        }
        if (type.withStatus() && !type.equals(Types.NODE)) {
            object.remove("status");
        }
        metadata.remove("deletionTimestamp");
        metadata.put("uid", world.uid()).put("creationTimestamp", world.now());
        if (type.counted()) {
            metadata.put("generation", 1);
        }
        if (type.equals(Types.SECRET)) {
            ObjectRules.foldStringData(object);
        }
        ObjectRules.fillIn(type, object);
        if (type.equals(Types.SERVICE)) {
            addresses.assign(object);
        }
    }

    private void checkNamespace(ObjectKey key) {
        ObjectKey namespaceKey = new ObjectKey(Types.NAMESPACE.id(), "", key.namespace());
        ObjectNode namespace = shelf.find(namespaceKey).orElseThrow(() -> ApiRefusal.notFound(namespaceKey));
        if (isBeingDeleted(namespace)) {
            throw ApiRefusal.forbidden(
                    "%s \"%s\" is forbidden: unable to create new content in namespace %s because it is being terminated"
                            .formatted(key.type(), key.name(), key.namespace()));
        }
    }

    private static void checkIdentity(ResourceType type, ObjectKey key, ObjectNode object) {
        String kind = Json.text(object, "kind");
        String apiVersion = Json.text(object, "apiVersion");
        if ((!kind.isEmpty() && !kind.equals(type.kind()))
                || (!apiVersion.isEmpty() && !apiVersion.equals(type.apiVersion()))) {
            throw ApiRefusal.badRequest("Expected %s %s, but the body says %s %s"
                    .formatted(type.apiVersion(), type.kind(), apiVersion, kind));
        }
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        String name = Json.text(object, METADATA, "name");
        String namespace = Json.text(object, METADATA, "namespace");
        if (!name.isEmpty() && !name.equals(key.name())) {
            throw ApiRefusal.badRequest(
                    "the name of the object (%s) does not match the name on the URL (%s)".formatted(name, key.name()));
        }
        if (type.namespaced() && !namespace.isEmpty() && !namespace.equals(key.namespace())) {
            throw ApiRefusal.badRequest("the namespace of the object (%s) does not match the namespace on the URL (%s)"
                    .formatted(namespace, key.namespace()));
        }
    }

    ObjectNode update(ResourceType type, ObjectKey key, ObjectNode asked, WriteOptions options) {
        ObjectNode live = shelf.find(key).orElseThrow(() -> ApiRefusal.notFound(key));
        ObjectNode object = asked.deepCopy();
        checkIdentity(type, key, object);
        admission.prune(type, object);
        return store(type, key, live, object, options);
    }

    ObjectNode patch(ResourceType type, ObjectKey key, Patch patch, WriteOptions options) {
        return switch (patch) {
            case Patch.Apply apply -> apply(type, key, apply.configuration(), options);
            case Patch.Merge merge -> {
                ObjectNode live = shelf.find(key).orElseThrow(() -> ApiRefusal.notFound(key));
                yield patched(type, key, live, Patching.merge(live, merge.changes()), options);
            }
            case Patch.Strategic strategic -> {
                ObjectNode live = shelf.find(key).orElseThrow(() -> ApiRefusal.notFound(key));
                yield patched(type, key, live, Patching.strategic(live, strategic.changes()), options);
            }
            case Patch.Operations operations -> {
                ObjectNode live = shelf.find(key).orElseThrow(() -> ApiRefusal.notFound(key));
                yield patched(type, key, live, Patching.operations(live, operations.operations()), options);
            }
        };
    }

    private ObjectNode patched(
            ResourceType type, ObjectKey key, ObjectNode live, ObjectNode object, WriteOptions options) {
        checkIdentity(type, key, object);
        admission.prune(type, object);
        return store(type, key, live, object, options);
    }

    private ObjectNode apply(ResourceType type, ObjectKey key, ObjectNode asked, WriteOptions options) {
        ObjectNode applied = asked.deepCopy();
        checkIdentity(type, key, applied);
        admission.prune(type, applied);
        if (Json.at(applied, METADATA, "managedFields").size() > 0) {
            throw ApiRefusal.badRequest("metadata.managedFields must be nil");
        }
        ObjectNode metadata = Json.child(applied, METADATA);
        metadata.put("name", key.name());
        metadata.remove("creationTimestamp");
        String expected = Json.text(metadata, "resourceVersion");
        if (type.namespaced()) {
            metadata.put("namespace", key.namespace());
        }
        if (type.equals(Types.SECRET)) {
            ObjectRules.foldStringData(applied);
        }
        if (type.withStatus() && !options.isStatus()) {
            applied.remove("status");
        }
        ObjectNode live = shelf.find(key).orElseGet(Json::object);
        checkVersion(key, live, expected);
        if (live.isEmpty()) {
            if (options.isStatus()) {
                throw ApiRefusal.notFound(key);
            }
            ObjectNode object = ServerSideApply.apply(key, live, applied, options, world.now());
            prepareNew(type, key, object);
            return commit(type, key, live, object, options);
        }
        ObjectNode narrowed = options.isStatus() ? statusOnly(applied) : applied;
        ObjectNode object = ServerSideApply.apply(key, live, narrowed, options, world.now());
        return commit(type, key, live, object, options);
    }

    private static ObjectNode statusOnly(ObjectNode applied) {
        ObjectNode narrowed = Json.object();
        for (String field : new String[] {"apiVersion", "kind", "status"}) {
            if (applied.has(field)) {
                narrowed.set(field, applied.get(field));
            }
        }
        return narrowed;
    }

    private ObjectNode store(
            ResourceType type, ObjectKey key, ObjectNode live, ObjectNode asked, WriteOptions options) {
        checkVersion(key, live, Json.text(asked, METADATA, "resourceVersion"));
        String uid = Json.text(asked, METADATA, "uid");
        if (!uid.isEmpty() && !uid.equals(Json.text(live, METADATA, "uid"))) {
            throw ApiRefusal.conflict(
                    key,
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(uid, Json.text(live, METADATA, "uid")));
        }
        ObjectNode object;
        if (options.isStatus()) {
            object = live.deepCopy();
            copy(asked, object, "status");
        } else {
            object = asked;
            if (type.withStatus()) {
                copy(live, object, "status");
            }
            if (type.equals(Types.SECRET)) {
                ObjectRules.foldStringData(object);
            }
            if (type.equals(Types.SERVICE)) {
                ServiceAddresses.keep(live, object);
            }
        }
        ManagedFields.recordUpdate(live, object, owner(options), world.now());
        return commit(type, key, live, object, options);
    }

    private static void checkVersion(ObjectKey key, ObjectNode live, String expected) {
        if (!expected.isEmpty()
                && !expected.equals("0")
                && !expected.equals(Json.text(live, METADATA, "resourceVersion"))) {
            throw ApiRefusal.changedMeanwhile(key);
        }
    }

    private static ManagedFields.Owner owner(WriteOptions options) {
        return new ManagedFields.Owner(options.manager(), "Update", options.subresource());
    }

    private ObjectNode commit(
            ResourceType type, ObjectKey key, ObjectNode live, ObjectNode written, WriteOptions options) {
        // A number is an int or a long depending on who wrote it; read back, equal numbers are equal nodes.
        ObjectNode object = Json.parseObject(Json.bytes(written));
        ObjectNode metadata = Json.child(object, METADATA);
        if (!live.isEmpty()) {
            for (String field : new String[] {
                "uid",
                "creationTimestamp",
                "generation",
                "resourceVersion",
                "deletionTimestamp",
                "deletionGracePeriodSeconds"
            }) {
                copy(live.path(METADATA), metadata, field);
            }
        }
        ObjectRules.check(type, key, live, object);
        String problem = options.isStatus() ? "" : admission.problem(type, object);
        if (!problem.isEmpty()) {
            throw ApiRefusal.forbidden(problem);
        }
        if (live.equals(object)) {
            return live;
        }
        if (type.counted() && !live.isEmpty() && !withoutStatus(live).equals(withoutStatus(object))) {
            metadata.put("generation", Json.at(live, METADATA, "generation").asInt() + 1);
        }
        if (options.dryRun()) {
            return object;
        }
        ObjectNode stored = shelf.put(key, object, options.effect());
        remover.removeIfReleased(key, stored);
        return stored;
    }

    private static ObjectNode withoutStatus(ObjectNode object) {
        ObjectNode rest = Json.object();
        object.properties().forEach(field -> {
            if (!field.getKey().equals("status") && !field.getKey().equals(METADATA)) {
                rest.set(field.getKey(), field.getValue());
            }
        });
        return rest;
    }

    private static void copy(JsonNode from, ObjectNode to, String field) {
        if (from.has(field)) {
            to.set(field, from.get(field).deepCopy());
        } else {
            to.remove(field);
        }
    }

    static boolean isBeingDeleted(ObjectNode object) {
        return Json.at(object, METADATA).has("deletionTimestamp");
    }

    static ArrayNode finalizers(ObjectNode object) {
        return Json.at(object, METADATA, "finalizers") instanceof ArrayNode list ? list : Json.array();
    }

    ObjectNode delete(ObjectKey key, Deletion deletion) {
        return remover.delete(key, deletion);
    }

    void sweep() {
        remover.sweep();
    }
}
