package aether.sandbox.kubernetes;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6901 pointers, as JSON patch moves along them; they change the document in place. */
final class JsonPointerPath {
    private JsonPointerPath() {}

    static List<String> parse(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        if (!pointer.startsWith("/")) {
            throw ApiRefusal.badRequest("Expected a JSON pointer, but got " + pointer);
        }
        return Arrays.stream(pointer.substring(1).split("/", -1))
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    static JsonNode get(JsonNode document, List<String> path) {
        JsonNode node = document;
        for (String part : path) {
            node = node instanceof ArrayNode list ? list.path(index(list, part)) : node.path(part);
        }
        if (node.isMissingNode()) {
            throw ApiRefusal.of(422, "Invalid", "the path /" + String.join("/", path) + " does not exist");
        }
        return node;
    }

    static JsonNode add(JsonNode document, List<String> path, JsonNode value) {
        if (path.isEmpty()) {
            return value;
        }
        JsonNode parent = get(document, path.subList(0, path.size() - 1));
        String last = path.getLast();
        if (parent instanceof ArrayNode list) {
            list.insert(last.equals("-") ? list.size() : index(list, last), value);
        } else if (parent instanceof ObjectNode object) {
            object.set(last, value);
        }
        return document;
    }

    static JsonNode remove(JsonNode document, List<String> path) {
        get(document, path);
        JsonNode parent = get(document, path.subList(0, path.size() - 1));
        if (parent instanceof ArrayNode list) {
            list.remove(index(list, path.getLast()));
        } else if (parent instanceof ObjectNode object) {
            object.remove(path.getLast());
        }
        return document;
    }

    private static int index(ArrayNode list, String part) {
        if (!part.matches("0|[1-9][0-9]{0,8}")) {
            throw ApiRefusal.badRequest("Expected an index into a list, but got " + part);
        }
        int index = Integer.parseInt(part);
        if (index > list.size()) {
            throw ApiRefusal.of(422, "Invalid", "index " + part + " is beyond a list of " + list.size());
        }
        return index;
    }
}
