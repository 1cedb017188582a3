package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Merge patch, strategic merge patch and JSON patch on a copy of an object. */
final class Patching {
    private Patching() {}

    static ObjectNode merge(ObjectNode target, ObjectNode changes) {
        ObjectNode result = target.deepCopy();
        changes.properties().forEach(change -> {
            String name = change.getKey();
            JsonNode value = change.getValue();
            if (value.isNull()) {
                result.remove(name);
            } else if (value instanceof ObjectNode object) {
                ObjectNode before = result.get(name) instanceof ObjectNode old ? old : Json.object();
                result.set(name, merge(before, object));
            } else {
                result.set(name, value.deepCopy());
            }
        });
        return result;
    }

    static ObjectNode strategic(ObjectNode target, ObjectNode changes) {
        if (Json.text(changes, "$patch").equals("replace")) {
            ObjectNode whole = changes.deepCopy();
            whole.remove("$patch");
            return whole;
        }
        ObjectNode result = target.deepCopy();
        changes.properties().forEach(change -> {
            String name = change.getKey();
            JsonNode value = change.getValue();
            if (name.startsWith("$")) {
                deleteFromPrimitiveList(result, name, value);
            } else if (value.isNull()) {
                result.remove(name);
            } else if (value instanceof ObjectNode object) {
                ObjectNode before = result.get(name) instanceof ObjectNode old ? old : Json.object();
                result.set(name, strategic(before, object));
            } else if (value instanceof ArrayNode list && result.get(name) instanceof ArrayNode old) {
                result.set(name, strategicList(name, old, list));
            } else {
                result.set(name, value.deepCopy());
            }
        });
        return result;
    }

    private static void deleteFromPrimitiveList(ObjectNode result, String directive, JsonNode members) {
        int slash = directive.indexOf('/');
        if (directive.startsWith("$deleteFromPrimitiveList/")
                && result.get(directive.substring(slash + 1)) instanceof ArrayNode list) {
            members.forEach(member -> list.removeIf(member::equals));
        }
    }

    private static ArrayNode strategicList(String field, ArrayNode before, ArrayNode changes) {
        Optional<List<String>> keys = ListSchema.keys(field, changes);
        if (ListSchema.isSet(field, changes)) {
            ArrayNode union = before.deepCopy();
            changes.forEach(member -> {
                if (union.valueStream().noneMatch(member::equals)) {
                    union.add(member);
                }
            });
            return union;
        }
        if (keys.isEmpty()) {
            return changes.deepCopy();
        }
        ArrayNode result = before.deepCopy();
        for (JsonNode item : changes) {
            ObjectNode identity = ListSchema.identity(keys.get(), item);
            int index = 0;
            while (index < result.size()
                    && !ListSchema.identity(keys.get(), result.get(index)).equals(identity)) {
                index++;
            }
            if (Json.text(item, "$patch").equals("delete")) {
                result.remove(index);
            } else if (index < result.size()) {
                result.set(index, strategic(Json.asObject(result.get(index)), Json.asObject(item)));
            } else {
                result.add(item.deepCopy());
            }
        }
        return result;
    }

    static ObjectNode operations(ObjectNode target, ArrayNode operations) {
        JsonNode document = target.deepCopy();
        for (JsonNode operation : operations) {
            document = operate(document, operation);
        }
        return Json.asObject(document);
    }

    private static JsonNode operate(JsonNode document, JsonNode operation) {
        List<String> path = JsonPointerPath.parse(Json.text(operation, "path"));
        return switch (Json.text(operation, "op")) {
            case "add" -> JsonPointerPath.add(document, path, operation.path("value"));
            case "replace" -> {
                JsonPointerPath.get(document, path);
                yield JsonPointerPath.add(JsonPointerPath.remove(document, path), path, operation.path("value"));
            }
            case "remove" -> JsonPointerPath.remove(document, path);
            case "copy" ->
                JsonPointerPath.add(
                        document,
                        path,
                        JsonPointerPath.get(document, JsonPointerPath.parse(Json.text(operation, "from")))
                                .deepCopy());
            case "move" -> {
                List<String> from = JsonPointerPath.parse(Json.text(operation, "from"));
                JsonNode moved = JsonPointerPath.get(document, from);
                yield JsonPointerPath.add(JsonPointerPath.remove(document, from), path, moved);
            }
            case "test" -> {
                if (!JsonPointerPath.get(document, path).equals(operation.path("value"))) {
                    throw ApiRefusal.of(422, "Invalid", "the test of " + Json.text(operation, "path") + " failed");
                }
                yield document;
            }
            default ->
                throw ApiRefusal.badRequest("Expected an operation of RFC 6902, but got " + operation.path("op"));
        };
    }
}
