package aether.command.request;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON into plain trees of maps, lists, texts, numbers and truth values. */
public final class JsonDocuments {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.MAX_DEPTH)
                            .maxNumberLength(Limits.MAX_SCALAR)
                            .maxNameLength(Limits.MAX_SCALAR)
                            .maxStringLength(Limits.MAX_SCALAR)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonDocuments() {}

    /**
     * The one JSON value of a body.
     *
     * @throws RequestRefused when it is not JSON, or beyond a bound
     */
    public static @Nullable Object read(byte[] body) {
        try {
            return MAPPER.readValue(body, Object.class);
        } catch (JacksonException e) {
            throw RequestRefused.of(
                    400,
                    new Detail(
                            "body",
                            "not_json",
                            "Expected one JSON value without repeated fields, at most " + Limits.MAX_DEPTH
                                    + " levels deep, but " + place(e) + " is not."));
        }
    }

    /** The same object for readers that want Jackson's own tree. */
    public static JsonNode node(Object tree) {
        return MAPPER.valueToTree(tree instanceof Map<?, ?> ? tree : Map.of());
    }

    private static String place(JacksonException e) {
        return Optional.ofNullable(e.getLocation())
                .filter(location -> location.getLineNr() > 0)
                .map(JsonDocuments::shown)
                .orElse("the body");
    }

    private static String shown(TokenStreamLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
