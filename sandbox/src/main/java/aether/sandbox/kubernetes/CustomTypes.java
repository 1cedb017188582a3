package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The built-in kinds, and those that the store's CustomResourceDefinitions add. */
final class CustomTypes {
    private CustomTypes() {}

    static Stream<ResourceType> all(ObjectShelf shelf) {
        Stream<ResourceType> custom = shelf.of(Types.DEFINITION.id(), "").flatMap(CustomTypes::of);
        return Stream.concat(Types.ALL.stream(), custom.filter(type -> !Types.BY_ID.containsKey(type.id())));
    }

    private static Stream<ResourceType> of(ObjectNode definition) {
        JsonNode spec = definition.path("spec");
        List<String> shortNames = Json.at(spec, "names", "shortNames")
                .valueStream()
                .map(name -> name.asString(""))
                .toList();
        return spec.path("versions")
                .valueStream()
                .filter(version -> version.path("served").asBoolean(false))
                .map(version -> new ResourceType(
                        Json.text(spec, "group"),
                        Json.text(version, "name"),
                        Json.text(spec, "names", "plural"),
                        Json.text(spec, "names", "kind"),
                        Json.text(spec, "scope").equals("Namespaced"),
                        version.path("subresources").has("status"),
                        true,
                        true,
                        shortNames));
    }
}
