package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The names behind the pseudonyms of actors, asked for while they are shown and kept nowhere. */
final class ActorNames {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What the log holds in place of a person's name begins with this; no plain name has a slash. */
    private static final String PSEUDONYM = "p/";

    /** As many as the server answers at once. */
    private static final int MOST_AT_ONCE = 100;

    private final ApiClient api;
    private final Map<String, String> known = new HashMap<>();

    ActorNames(ApiClient api) {
        this.api = api;
    }

    /** Asks for the names of these entries' actors, those that are not known yet. */
    void learn(List<JsonNode> entries) {
        List<String> unknown = entries.stream()
                .map(entry -> Printer.text(entry, "actor"))
                .filter(actor -> actor.startsWith(PSEUDONYM) && !known.containsKey(actor))
                .distinct()
                .toList();
        for (int from = 0; from < unknown.size(); from += MOST_AT_ONCE) {
            ask(unknown.subList(from, Math.min(unknown.size(), from + MOST_AT_ONCE)));
        }
    }

    /** The name of the entry's actor; the pseudonym itself where the caller may not know more. */
    String of(JsonNode entry) {
        String actor = Printer.text(entry, "actor");
        return known.getOrDefault(actor, actor);
    }

    private void ask(List<String> pseudonyms) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode asked = body.putArray("pseudonyms");
        pseudonyms.forEach(asked::add);
        pseudonyms.forEach(pseudonym -> known.put(pseudonym, pseudonym));
        JsonNode answer = api.post(
                "/api/v1/privacy/names", "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
        answer.path("names")
                .properties()
                .forEach(name -> known.put(name.getKey(), name.getValue().asString()));
    }
}
