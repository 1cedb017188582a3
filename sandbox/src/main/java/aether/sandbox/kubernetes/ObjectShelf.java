package aether.sandbox.kubernetes;

import aether.sandbox.journal.Journal;
import aether.sandbox.journal.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects themselves, their versions, recent history and watchers. Not thread-safe: {@link KubernetesStore} locks.
 */
final class ObjectShelf {
    /** How far back a watch may begin; a real API server keeps about five minutes. */
    private static final int HISTORY_MAX = 10_000;

    private final String name;
    private final Journal journal;
    private final TreeMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
    private final Map<String, Set<ObjectKey>> dependents = new HashMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private final Set<Watch> watches = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private long version = 1;
    private long forgottenUpTo = 1;

    ObjectShelf(String name, Journal journal) {
        this.name = name;
        this.journal = journal;
    }

    long version() {
        return version;
    }

    Optional<ObjectNode> find(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    Stream<ObjectNode> all() {
        return objects.values().stream();
    }

    Stream<ObjectKey> keys() {
        return objects.keySet().stream();
    }

    Stream<ObjectNode> of(String type, String namespace) {
        ObjectKey first = new ObjectKey(type, namespace, "");
        ObjectKey end =
                namespace.isEmpty() ? new ObjectKey(type + "\0", "", "") : new ObjectKey(type, namespace + "\0", "");
        return objects.subMap(first, end).values().stream();
    }

    List<ObjectKey> inNamespace(String namespace) {
        return keys().filter(key -> key.namespace().equals(namespace)).toList();
    }

    /** The objects that name this uid as an owner. */
    Set<ObjectKey> dependentsOf(String uid) {
        return new TreeSet<>(dependents.getOrDefault(uid, Set.of()));
    }

    boolean hasUid(JsonNode ownerReference, String namespace) {
        String uid = Json.text(ownerReference, "uid");
        String group = Json.text(ownerReference, "apiVersion");
        String wanted = group.contains("/") ? group.substring(0, group.indexOf('/')) : "";
        String ownerName = Json.text(ownerReference, "name");
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(ownerName)
                        && (entry.getKey().namespace().isEmpty()
                                || entry.getKey().namespace().equals(namespace))
                        && entry.getKey().type().endsWith(wanted))
                .anyMatch(
                        entry -> Json.text(entry.getValue(), "metadata", "uid").equals(uid));
    }

    /** Stores an object under the next version; it becomes the shelf's own. */
    ObjectNode put(ObjectKey key, ObjectNode object, ObjectNode effect) {
        Json.child(object, "metadata").put("resourceVersion", Long.toString(version + 1));
        ObjectNode row = Json.object().put("type", key.type());
        row.set("put", object);
        if (!effect.isEmpty()) {
            row.set("effect", effect);
        }
        journal.append(name, row);
        applyPut(key, object);
        return object;
    }

    /** Takes an object away and returns its last state. */
    ObjectNode remove(ObjectKey key) {
        ObjectNode last = Optional.ofNullable(objects.get(key))
                .orElseThrow(() -> ApiRefusal.notFound(key))
                .deepCopy();
        Json.child(last, "metadata").put("resourceVersion", Long.toString(version + 1));
        ObjectNode row = Json.object()
                .put("type", key.type())
                .put("namespace", key.namespace())
                .put("delete", key.name())
                .put("version", version + 1);
        journal.append(name, row);
        applyRemove(key, last);
        return last;
    }

    private void applyPut(ObjectKey key, ObjectNode object) {
        version = Math.max(version, Long.parseLong(Json.text(object, "metadata", "resourceVersion")));
        ObjectNode previous = Optional.ofNullable(objects.put(key, object)).orElseGet(Json::object);
        owners(previous)
                .forEach(uid -> dependents.getOrDefault(uid, new TreeSet<>()).remove(key));
        owners(object)
                .forEach(uid -> dependents
                        .computeIfAbsent(uid, unused -> new TreeSet<>())
                        .add(key));
        Change.Kind kind = previous.isEmpty() ? Change.Kind.ADDED : Change.Kind.MODIFIED;
        remember(new Change(version, kind, key, object, previous));
    }

    private void applyRemove(ObjectKey key, ObjectNode last) {
        version++;
        ObjectNode previous = Optional.ofNullable(objects.remove(key)).orElse(last);
        owners(previous)
                .forEach(uid -> dependents.getOrDefault(uid, new TreeSet<>()).remove(key));
        remember(new Change(version, Change.Kind.DELETED, key, last, previous));
    }

    private static List<String> owners(ObjectNode object) {
        return Json.at(object, "metadata", "ownerReferences")
                .valueStream()
                .map(owner -> Json.text(owner, "uid"))
                .toList();
    }

    private void remember(Change change) {
        history.addLast(change);
        if (history.size() > HISTORY_MAX) {
            forgottenUpTo = history.removeFirst().version();
        }
        watches.forEach(watch -> watch.offer(change));
        listeners.forEach(listener -> listener.accept(change));
    }

    boolean subscribe(Consumer<Change> listener) {
        return listeners.add(listener);
    }

    Watch watch(String type, String namespace, Selection selection, OptionalLong from) {
        Predicate<ObjectKey> keys = key -> key.type().equals(type)
                && (namespace.isEmpty() || key.namespace().equals(namespace));
        Watch watch = new Watch(keys, selection, watches::remove);
        if (from.isPresent()) {
            if (from.getAsLong() < forgottenUpTo || from.getAsLong() > version) {
                throw ApiRefusal.tooOld("too old resource version: %d (%d)".formatted(from.getAsLong(), forgottenUpTo));
            }
            history.stream()
                    .filter(change -> change.version() > from.getAsLong())
                    .forEach(watch::offer);
        } else {
            of(type, namespace).forEach(object -> watch.offer(addition(type, object)));
        }
        watches.add(watch);
        return watch;
    }

    private static Change addition(String type, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        ObjectKey key = new ObjectKey(type, Json.text(metadata, "namespace"), Json.text(metadata, "name"));
        long version = Long.parseLong(Json.text(metadata, "resourceVersion"));
        return new Change(version, Change.Kind.ADDED, key, object, Json.object());
    }

    void closeWatches() {
        watches.forEach(Watch::close);
    }

    void replay(ObjectNode row) {
        String type = Json.text(row, "type");
        if (row.get("put") instanceof ObjectNode object) {
            JsonNode metadata = object.path("metadata");
            applyPut(new ObjectKey(type, Json.text(metadata, "namespace"), Json.text(metadata, "name")), object);
        } else if (row.has("delete")) {
            ObjectKey key = new ObjectKey(type, Json.text(row, "namespace"), Json.text(row, "delete"));
            ObjectNode last = find(key).map(ObjectNode::deepCopy).orElseGet(Json::object);
            Json.child(last, "metadata")
                    .put("resourceVersion", Long.toString(row.path("version").asLong()));
            version = row.path("version").asLong() - 1;
            applyRemove(key, last);
        } else {
            version = row.path("version").asLong();
            forgottenUpTo = version;
            history.clear();
        }
    }

    void snapshot(Consumer<ObjectNode> rows) {
        objects.forEach((key, object) -> {
            ObjectNode row = Json.object().put("type", key.type());
            row.set("put", object);
            rows.accept(row);
        });
        rows.accept(Json.object().put("version", version));
    }
}
