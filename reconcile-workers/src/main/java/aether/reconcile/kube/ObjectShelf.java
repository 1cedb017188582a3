package aether.reconcile.kube;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
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
     * A tenant that comes to life is looked at dozens of times within seconds, so a part of the room may be trees too:
     * so small a one that they take about as much memory as a fifth of all the text.
     */
    private static final int TREES = 24;

    /** An answer to us comes within seconds of what the watch tells; so many objects of ours do not go meanwhile. */
    private static final int GONE = 1_000;

    /** The version of what has none that can be compared. */
    private static final long OPAQUE = Long.MAX_VALUE;

    /**
     * An object.
     *
     * @param content absent when there was no room for it
     */
    private record Kept(
            String uid,
            long version,
            Map<String, String> labels,
            @Nullable Content content) {}

    /** What an object holds; as a tree too while it is among those that were touched last. */
    private static final class Content {
        private final String text;
        private @Nullable JsonNode tree;

        Content(String text) {
            this.text = text;
        }
    }

    private record Place(ResourceKind kind, String namespace) {}

    private final long room;
    private final Map<Place, Map<String, Kept>> places = new HashMap<>();
    /** What has a content, the one untouched for longest first. */
    private final LinkedHashMap<ObjectRef, Integer> filled = new LinkedHashMap<>(16, 0.75f, true);

    private long used;

    /** What is there as a tree too, the one untouched for longest first. */
    private final LinkedHashMap<ObjectRef, Content> trees = new LinkedHashMap<>(16, 0.75f, true);

    private long grown;

    /**
     * The uids of what went last, the oldest first, each with its last version: an answer to us may be slower than the
     * watch. What comes back in a newer version had only lost the label by which we watch.
     */
    private final LinkedHashMap<String, Long> gone = new LinkedHashMap<>();

    /**
     * A shelf with nothing on it.
     *
     * @param room how many characters of content it holds; beyond, what was untouched for longest keeps its version
     *     only
     */
    ObjectShelf(long room) {
        this.room = room;
    }

    /**
     * Puts an object there, unless a newer one is there already: an answer to us may be faster than the watch. Nobody
     * may change the object afterwards.
     *
     * @return whether it was not there in this very version
     */
    boolean put(ResourceKind kind, ObjectNode object) {
        ObjectNode metadata = object.withObject("metadata");
        ObjectRef ref = new ObjectRef(
                kind,
                metadata.path("namespace").asString(""),
                metadata.path("name").asString(""));
        long version = version(metadata);
        Kept there = there(ref);
        if (there != null && there.version() > version) {
            return true;
        }
        if (there != null && there.version() == version && version != OPAQUE && there.content() != null) {
            return false;
        }
        metadata.remove("managedFields");
        Map<String, String> labels = new HashMap<>();
        metadata.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        put(ref, new Kept(metadata.path("uid").asString(""), version, Map.copyOf(labels), null), object);
        return true;
    }

    private void put(ObjectRef ref, Kept kept, ObjectNode object) {
        Content content = new Content(object.toString()); // others need not wait for it
        synchronized (this) {
            Kept before = kept(ref);
            boolean wasSeenGoing = kept.version() != OPAQUE && gone.getOrDefault(kept.uid(), -1L) >= kept.version();
            if (wasSeenGoing || (before != null && before.version() > kept.version())) {
                return;
            }
            places.computeIfAbsent(new Place(ref.kind(), ref.namespace()), unused -> new TreeMap<>())
                    .put(ref.name(), new Kept(kept.uid(), kept.version(), kept.labels(), content));
            Integer old = filled.put(ref, content.text.length());
            used += content.text.length() - (old == null ? 0 : old);
            makeRoom();
            grow(ref, content, object);
        }
    }

    private synchronized @Nullable Kept there(ObjectRef ref) {
        return kept(ref);
    }

    /** Keeps the tree of a content that is there still. */
    private synchronized void grow(ObjectRef ref, Content content, JsonNode tree) {
        Kept kept = kept(ref);
        if (kept == null || kept.content() != content) {
            return;
        }
        content.tree = tree;
        fell(trees.put(ref, content));
        grown += content.text.length();
        Iterator<Content> oldest = trees.values().iterator();
        while (grown > room / TREES && oldest.hasNext()) {
            Content each = oldest.next();
            each.tree = null;
            grown -= each.text.length();
            oldest.remove();
        }
    }

    private void fell(@Nullable Content content) {
        grown -= content == null ? 0 : content.text.length();
    }

    private @Nullable Kept kept(ObjectRef ref) {
        return places.getOrDefault(new Place(ref.kind(), ref.namespace()), Map.of())
                .get(ref.name());
    }

    /** An API server compares them as numbers too; what is none is always newer. */
    private static long version(JsonNode metadata) {
        try {
            return Long.parseLong(metadata.path("resourceVersion").asString(""));
        } catch (NumberFormatException opaque) {
            return OPAQUE;
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
        gone.putLast(uid, kept.version());
        if (gone.size() > GONE) {
            Map.Entry<String, Long> ignored = gone.pollFirstEntry();
        }
        place.remove(ref.name());
        if (place.isEmpty()) {
            places.remove(where);
        }
        Integer size = filled.remove(ref);
        used -= size == null ? 0 : size;
        fell(trees.remove(ref));
    }

    /**
     * The objects of a kind in a namespace that carry these labels, by name and not to be changed; empty when the
     * content of one is not here.
     */
    Optional<List<JsonNode>> list(ResourceKind kind, String namespace, Map<String, String> labels) {
        return contents(kind, namespace, labels)
                .map(contents -> contents.entrySet().stream()
                        .map(entry -> tree(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private synchronized Optional<Map<ObjectRef, Content>> contents(
            ResourceKind kind, String namespace, Map<String, String> labels) {
        Map<ObjectRef, Content> found = new LinkedHashMap<>();
        for (Map.Entry<String, Kept> entry :
                places.getOrDefault(new Place(kind, namespace), Map.of()).entrySet()) {
            Kept kept = entry.getValue();
            if (kept.labels().entrySet().containsAll(labels.entrySet())) {
                Content content = kept.content();
                if (content == null) {
                    return Optional.empty();
                }
                ObjectRef ref = new ObjectRef(kind, namespace, entry.getKey());
                touch(ref);
                found.put(ref, content);
            }
        }
        return Optional.of(found);
    }

    /** The content of an object, not to be changed; empty when it is not there or has none here. */
    Optional<JsonNode> find(ObjectRef ref) {
        return content(ref).map(content -> tree(ref, content));
    }

    private synchronized Optional<Content> content(ObjectRef ref) {
        Kept kept = kept(ref);
        touch(ref);
        return kept == null ? Optional.empty() : Optional.ofNullable(kept.content());
    }

    private void touch(ObjectRef ref) {
        Integer ignored = filled.get(ref);
        Content unused = trees.get(ref);
    }

    private JsonNode tree(ObjectRef ref, Content content) {
        @Nullable JsonNode there;
        synchronized (this) {
            there = content.tree;
        }
        if (there != null) {
            return there;
        }
        JsonNode made = MAPPER.readTree(content.text); // others need not wait for it
        grow(ref, content, made);
        return made;
    }

    /** Whether an object is there, with or without its content. */
    synchronized boolean knows(ObjectRef ref) {
        return kept(ref) != null;
    }

    /** How many characters of content there are. */
    synchronized long used() {
        return used;
    }
}
