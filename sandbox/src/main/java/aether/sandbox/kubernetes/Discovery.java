package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The discovery documents, made from the kinds a store knows at the moment. */
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private Discovery() {}

    static ObjectNode core() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        return versions;
    }

    static ObjectNode groups(List<ResourceType> types) {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        TreeSet<String> names = new TreeSet<>();
        types.stream().map(ResourceType::group).filter(name -> !name.isEmpty()).forEach(names::add);
        names.forEach(name -> group(types, name).ifPresent(groups::add));
        return list;
    }

    static Optional<ObjectNode> group(List<ResourceType> types, String name) {
        TreeSet<String> versions = new TreeSet<>();
        types.stream()
                .filter(type -> type.group().equals(name))
                .map(ResourceType::version)
                .forEach(versions::add);
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode group =
                Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
        ArrayNode list = group.putArray("versions");
        for (String version : versions.descendingSet()) {
            list.addObject().put("groupVersion", name + "/" + version).put("version", version);
        }
        group.set("preferredVersion", list.get(0).deepCopy());
        return Optional.of(group);
    }

    static Optional<ObjectNode> resources(List<ResourceType> types, String group, String version) {
        TreeMap<String, ResourceType> served = new TreeMap<>();
        types.stream()
                .filter(type -> type.group().equals(group) && type.version().equals(version))
                .forEach(type -> served.put(type.plural(), type));
        if (served.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        for (ResourceType type : served.values()) {
            ObjectNode resource = resources
                    .addObject()
                    .put("name", type.plural())
                    .put("singularName", type.kind().toLowerCase(java.util.Locale.ROOT))
                    .put("namespaced", type.namespaced())
                    .put("kind", type.kind());
            VERBS.forEach(resource.putArray("verbs")::add);
            if (!type.shortNames().isEmpty()) {
                type.shortNames().forEach(resource.putArray("shortNames")::add);
            }
            if (type.withStatus()) {
                ObjectNode status = resources
                        .addObject()
                        .put("name", type.plural() + "/status")
                        .put("singularName", "")
                        .put("namespaced", type.namespaced())
                        .put("kind", type.kind());
                List.of("get", "patch", "update").forEach(status.putArray("verbs")::add);
            }
        }
        return Optional.of(list);
    }

    static ObjectNode version(String gitVersion) {
        String[] parts = gitVersion.replaceFirst("^v", "").split("[.+-]", -1);
        return Json.object()
                .put("major", parts[0])
                .put("minor", parts.length > 1 ? parts[1] : "0")
                .put("gitVersion", gitVersion)
                .put("gitCommit", "sandbox")
                .put("gitTreeState", "clean")
                .put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "none: this is the Aether sandbox")
                .put("compiler", "javac")
                .put("platform", "linux/amd64");
    }
}
