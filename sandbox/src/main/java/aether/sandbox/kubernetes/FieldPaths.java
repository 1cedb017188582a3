package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sets of paths into an object, in the words of FieldsV1: {@code f:name} for a field, <code>k:{…}</code> for an item of
 * a list with keys, {@code v:…} for a member of a set.
 */
final class FieldPaths {
    private FieldPaths() {}

    /** All leaves of an object, and the items of its keyed lists. */
    static Set<List<String>> of(ObjectNode object) {
        Set<List<String>> paths = new LinkedHashSet<>();
        object.properties().forEach(field -> collect(field.getKey(), field.getValue(), List.of(), paths));
        return paths;
    }

    private static void collect(String name, JsonNode value, List<String> parent, Set<List<String>> paths) {
        List<String> path = append(parent, "f:" + name);
        if (value instanceof ObjectNode object && !object.isEmpty() && !ListSchema.isWhole(name)) {
            object.properties().forEach(field -> collect(field.getKey(), field.getValue(), path, paths));
            return;
        }
        if (ListSchema.isSet(name, value)) {
            value.forEach(member -> paths.add(append(path, "v:" + spell(member))));
            return;
        }
        Optional<List<String>> keys = ListSchema.keys(name, value);
        if (keys.isEmpty()) {
            paths.add(path);
            return;
        }
        for (JsonNode item : value) {
            List<String> itemPath = append(path, "k:" + spell(ListSchema.identity(keys.get(), item)));
            paths.add(itemPath);
            item.properties().forEach(field -> collect(field.getKey(), field.getValue(), itemPath, paths));
        }
    }

    /** The value at a path, or a missing node. */
    static JsonNode resolve(JsonNode root, List<String> path) {
        JsonNode node = root;
        String field = "";
        for (String segment : path) {
            if (segment.startsWith("f:")) {
                field = segment.substring(2);
                node = node.path(field);
            } else {
                int index = indexOf(field, node, segment);
                node = index < 0 ? MissingNode.getInstance() : node.get(index);
            }
        }
        return node;
    }

    private static int indexOf(String field, JsonNode list, String segment) {
        String wanted = segment.substring(2);
        Optional<List<String>> keys = ListSchema.keys(field, list);
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            String identity = segment.startsWith("v:")
                    ? spell(item)
                    : keys.map(k -> spell(ListSchema.identity(k, item))).orElse("");
            if (identity.equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Takes the value at a path out, and every parent that this leaves empty, unless somebody asks for the empty
     * parent.
     */
    static void remove(ObjectNode root, List<String> path, Set<List<String>> asked) {
        for (int length = path.size(); length > 0; length--) {
            List<String> here = path.subList(0, length);
            JsonNode value = resolve(root, here);
            boolean emptied = value.isContainer() && value.isEmpty() && !asked.contains(here);
            if (length < path.size() && !emptied) {
                return;
            }
            removeOne(root, here);
        }
    }

    private static void removeOne(ObjectNode root, List<String> path) {
        JsonNode parent = resolve(root, path.subList(0, path.size() - 1));
        String last = path.getLast();
        if (parent instanceof ObjectNode object && last.startsWith("f:")) {
            object.remove(last.substring(2));
        } else if (parent instanceof ArrayNode list) {
            int index = indexOf(fieldOf(path), list, last);
            if (index >= 0) {
                list.remove(index);
            }
        }
    }

    private static String fieldOf(List<String> path) {
        return path.get(path.size() - 2).substring(2);
    }

    /** FieldsV1 as it stands in managedFields. */
    static ObjectNode toFieldsV1(Set<List<String>> paths) {
        ObjectNode root = Json.object();
        for (List<String> path : paths) {
            ObjectNode node = root;
            for (String segment : path) {
                node = Json.child(node, segment);
            }
            node.putObject(".");
        }
        dropLonelyDots(root);
        return root;
    }

    private static void dropLonelyDots(ObjectNode node) {
        for (JsonNode child : node) {
            if (child instanceof ObjectNode object) {
                dropLonelyDots(object);
                if (object.size() == 1 && object.has(".")) {
                    object.removeAll();
                }
            }
        }
    }

    /** The paths that FieldsV1 names. */
    static Set<List<String>> fromFieldsV1(JsonNode fields) {
        Set<List<String>> paths = new LinkedHashSet<>();
        read(fields, List.of(), paths);
        return paths;
    }

    private static void read(JsonNode node, List<String> path, Set<List<String>> paths) {
        if (node.isEmpty() && !path.isEmpty()) {
            paths.add(path);
        }
        Iterator<java.util.Map.Entry<String, JsonNode>> children =
                node.properties().iterator();
        while (children.hasNext()) {
            var child = children.next();
            if (child.getKey().equals(".")) {
                paths.add(path);
            } else {
                read(child.getValue(), append(path, child.getKey()), paths);
            }
        }
    }

    /** The path as people read it: {@code .spec.replicas}. */
    static String display(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String segment : path) {
            String body = segment.substring(2);
            text.append(segment.startsWith("f:") ? "." + body : "[" + body + "]");
        }
        return text.toString();
    }

    static boolean startsWith(List<String> path, List<String> prefix) {
        return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
    }

    private static List<String> append(List<String> path, String segment) {
        List<String> longer = new ArrayList<>(path);
        longer.add(segment);
        return List.copyOf(longer);
    }

    private static String spell(JsonNode node) {
        return new String(Json.bytes(node), StandardCharsets.UTF_8);
    }
}
