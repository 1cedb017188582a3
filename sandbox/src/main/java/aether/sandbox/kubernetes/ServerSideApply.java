package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Server-side apply: merge by owner, refuse to take what another manager holds, prune what this one no longer says. */
final class ServerSideApply {
    private ServerSideApply() {}

    /**
     * The object after the apply. It is equal to {@code live} when the apply says nothing new.
     *
     * @param live what is stored, an empty object when nothing is
     */
    static ObjectNode apply(ObjectKey key, ObjectNode live, ObjectNode applied, WriteOptions options, String time) {
        ManagedFields fields = ManagedFields.of(live);
        ManagedFields.Owner me = new ManagedFields.Owner(options.manager(), "Apply", options.subresource());
        Set<List<String>> wanted = ManagedFields.ownable(applied, options.subresource());
        refuseConflicts(key, live, applied, fields, me, wanted, options.force());

        ObjectNode merged = (ObjectNode) merge("", live, applied);
        for (List<String> path : fields.ownedBy(me)) {
            if (!wanted.contains(path) && !fields.isOwnedByOthers(me, path) && !isParentOfWanted(path, wanted)) {
                FieldPaths.remove(merged, path, wanted);
            }
        }
        fields.disown(
                me,
                path -> FieldPaths.resolve(merged, path).isMissingNode()
                        || (wanted.contains(path) && differs(live, applied, path)));
        fields.claim(me, wanted, time, Json.text(applied, "apiVersion"));
        fields.writeTo(merged);
        return merged;
    }

    private static boolean isParentOfWanted(List<String> path, Set<List<String>> wanted) {
        return wanted.stream().anyMatch(other -> FieldPaths.startsWith(other, path));
    }

    private static boolean differs(ObjectNode live, ObjectNode applied, List<String> path) {
        return path.getLast().startsWith("f:")
                && !FieldPaths.resolve(live, path).equals(FieldPaths.resolve(applied, path));
    }

    private static void refuseConflicts(
            ObjectKey key,
            ObjectNode live,
            ObjectNode applied,
            ManagedFields fields,
            ManagedFields.Owner me,
            Set<List<String>> wanted,
            boolean force) {
        if (force) {
            return;
        }
        Set<String> conflicts = new LinkedHashSet<>();
        String rival = "";
        for (List<String> path : wanted) {
            List<ManagedFields.Owner> rivals = fields.rivals(me, path);
            if (!rivals.isEmpty() && differs(live, applied, path)) {
                conflicts.add(FieldPaths.display(path));
                rival = rivals.getFirst().manager();
            }
        }
        if (!conflicts.isEmpty()) {
            throw ApiRefusal.fieldConflicts(
                    key,
                    "Apply failed with %d conflict%s: conflict with \"%s\": %s"
                            .formatted(
                                    conflicts.size(),
                                    conflicts.size() == 1 ? "" : "s",
                                    rival,
                                    String.join(", ", conflicts)),
                    conflicts,
                    rival);
        }
    }

    private static JsonNode merge(String field, JsonNode live, JsonNode applied) {
        if (live instanceof ObjectNode before && applied instanceof ObjectNode after && !ListSchema.isWhole(field)) {
            ObjectNode merged = before.deepCopy();
            after.properties().forEach(entry -> {
                JsonNode old = before.path(entry.getKey());
                merged.set(entry.getKey(), merge(entry.getKey(), old, entry.getValue()));
            });
            return merged;
        }
        if (live instanceof ArrayNode before && applied instanceof ArrayNode after) {
            if (ListSchema.isSet(field, after)) {
                return union(before, after);
            }
            Optional<List<String>> keys = ListSchema.keys(field, before);
            if (keys.isPresent()
                    && (after.isEmpty() || ListSchema.keys(field, after).isPresent())) {
                return mergeItems(keys.get(), before, after);
            }
        }
        return applied.deepCopy();
    }

    private static ArrayNode union(ArrayNode before, ArrayNode after) {
        Set<JsonNode> members = new LinkedHashSet<>();
        before.forEach(members::add);
        after.forEach(members::add);
        return Json.array().addAll(members);
    }

    private static ArrayNode mergeItems(List<String> keys, ArrayNode before, ArrayNode after) {
        List<ObjectNode> order = identities(keys, before);
        List<ObjectNode> asked = identities(keys, after);
        List<ObjectNode> result = inOrder(order, asked);
        ArrayNode merged = Json.array();
        for (ObjectNode identity : result) {
            int old = order.indexOf(identity);
            int fresh = asked.indexOf(identity);
            if (fresh < 0) {
                merged.add(before.get(old).deepCopy());
            } else {
                merged.add(old < 0 ? after.get(fresh).deepCopy() : merge("", before.get(old), after.get(fresh)));
            }
        }
        return merged;
    }

    /**
     * Asked items in the order in which they are asked, so that asking again moves nothing; the others where they were.
     */
    private static List<ObjectNode> inOrder(List<ObjectNode> live, List<ObjectNode> asked) {
        List<ObjectNode> known = live.stream().filter(asked::contains).toList();
        List<ObjectNode> result = new ArrayList<>(live);
        if (!known.equals(asked.stream().filter(live::contains).toList())) {
            result.removeAll(asked);
            result.addAll(0, asked);
            return result;
        }
        int position = 0;
        for (ObjectNode identity : asked) {
            int there = result.indexOf(identity);
            if (there < 0) {
                result.add(position, identity);
                there = position;
            }
            position = there + 1;
        }
        return result;
    }

    private static List<ObjectNode> identities(List<String> keys, ArrayNode items) {
        List<ObjectNode> identities = new ArrayList<>();
        items.forEach(item -> identities.add(ListSchema.identity(keys, item)));
        return identities;
    }
}
