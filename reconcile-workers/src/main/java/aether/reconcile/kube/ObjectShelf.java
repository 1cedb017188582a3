package aether.reconcile.kube;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the watch has told: of every object which it is and in what version, and the content of those that were touched
 * last, as text, which is a fifth of a tree. Who wrote which field is left out; only a drift asks, and a drift is
 * looked at where it is.
 */
final class ObjectShelf {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * An object.
     *
     * @param content its text; absent when there was no room for it
     */
    private record Kept(
            String uid,
            long version,
            Map<String, String> labels,
            @Nullable String content) {}

    private record Place(ResourceKind kind, String namespace) {}

    private final long room;
    private final Map<Place, Map<String, Kept>> places = new HashMap<>();
    /** What has a content, the one untouched for longest first. */
    private final LinkedHashMap<ObjectRef, Integer> filled = new LinkedHashMap<>(16, 0.75f, true);

    private long used;

    /**
     * A shelf with nothing on it.
     *
     * @param room how many characters of content it holds; beyond, what was untouched for longest keeps its version
     *     only
     */
    ObjectShelf(long room) {
        this.room = room;
    }

    /** Puts an object there, unless a newer one is there already: an answer to us may be faster than the watch. */
    synchronized void put(ResourceKind kind, ObjectNode object) {
        ObjectNode metadata = object.withObject("metadata");
        metadata.remove("managedFields");
        ObjectRef ref = new ObjectRef(
                kind,
                metadata.path("namespace").asString(""),
                metadata.path("name").asString(""));
        long version = version(metadata);
        Map<String, Kept> place = places.computeIfAbsent(new Place(kind, ref.namespace()), unused -> new TreeMap<>());
        Kept before = place.get(ref.name());
        if (before != null && before.version() > version) {
            return;
        }
        Map<String, String> labels = new HashMap<>();
        metadata.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        String content = object.toString();
        place.put(ref.name(), new Kept(metadata.path("uid").asString(""), version, Map.copyOf(labels), content));
        Integer old = filled.put(ref, content.length());
        used += content.length() - (old == null ? 0 : old);
        makeRoom();
    }

    /** An API server compares them as numbers too; what is none is always newer. */
    private static long version(JsonNode metadata) {
        try {
            return Long.parseLong(metadata.path("resourceVersion").asString(""));
        } catch (NumberFormatException opaque) {
            return Long.MAX_VALUE;
        }
    }

    private void makeRoom() {
        Iterator<Map.Entry<ObjectRef, Integer>> oldest = filled.entrySet().iterator();
        while (used > room && oldest.hasNext()) {
            Map.Entry<ObjectRef, Integer> entry = oldest.next();
            ObjectRef ref = entry.getKey();
            Map<String, Kept> place = places.getOrDefault(new Place(ref.kind(), ref.namespace()), Map.of());
            Kept kept = place.get(ref.name());
            if (kept != null) {
                place.put(ref.name(), new Kept(kept.uid(), kept.version(), kept.labels(), null));
            }
            used -= entry.getValue();
            oldest.remove();
        }
    }

    /** Takes an object away; another of its name, which we made meanwhile, stays. */
    synchronized void remove(ObjectRef ref, String uid) {
        Place where = new Place(ref.kind(), ref.namespace());
        Map<String, Kept> place = places.get(where);
        Kept kept = place == null ? null : place.get(ref.name());
        if (place == null || kept == null || !kept.uid().equals(uid)) {
            return;
        }
        place.remove(ref.name());
        if (place.isEmpty()) {
            places.remove(where);
        }
        Integer size = filled.remove(ref);
        used -= size == null ? 0 : size;
    }

    /** The names of a kind in a namespace that carry these labels, each with its content; empty when one has none. */
    synchronized Optional<List<JsonNode>> list(ResourceKind kind, String namespace, Map<String, String> labels) {
        List<JsonNode> found = new ArrayList<>();
        for (Map.Entry<String, Kept> entry :
                places.getOrDefault(new Place(kind, namespace), Map.of()).entrySet()) {
            Kept kept = entry.getValue();
            if (kept.labels().entrySet().containsAll(labels.entrySet())) {
                String content = kept.content();
                if (content == null) {
                    return Optional.empty();
                }
                Integer ignored = filled.get(new ObjectRef(kind, namespace, entry.getKey())); // touches it
                found.add(MAPPER.readTree(content));
            }
        }
        return Optional.of(found);
    }

    /** The content of an object; empty when it is not there or has none here. */
    synchronized Optional<JsonNode> find(ObjectRef ref) {
        Kept kept = places.getOrDefault(new Place(ref.kind(), ref.namespace()), Map.of())
                .get(ref.name());
        String content = kept == null ? null : kept.content();
        Integer ignored = filled.get(ref); // touches it
        return content == null ? Optional.empty() : Optional.of(MAPPER.readTree(content));
    }

    /** Whether an object is there, with or without its content. */
    synchronized boolean knows(ObjectRef ref) {
        return places.getOrDefault(new Place(ref.kind(), ref.namespace()), Map.of())
                .containsKey(ref.name());
    }

    /** How many characters of content there are. */
    synchronized long used() {
        return used;
    }
}
