package aether.command.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2 into plain trees. Anchors are refused, so that a small text cannot become a large tree. */
public final class YamlDocuments {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(Limits.MAX_BODY_BYTES)
            .build();

    private static final int SHOWN = 120;

    private YamlDocuments() {}

    /**
     * The documents of a body in order; empty ones are left out.
     *
     * @throws RequestRefused when it is not YAML, or beyond a bound
     */
    public static List<Object> read(byte[] body) {
        String text = utf8(body);
        try {
            checkBounds(text);
            List<Object> documents = new ArrayList<>();
            for (@Nullable Object document : new Load(SETTINGS).loadAllFromString(text)) {
                if (document != null) {
                    documents.add(document);
                }
            }
            return documents;
        } catch (MarkedYamlEngineException e) {
            String problem = e.getProblem() == null ? "it is not" : e.getProblem();
            throw refused(e.getProblemMark()
                            .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ")
                            .orElse("")
                    + (problem.length() <= SHOWN ? problem : problem.substring(0, SHOWN) + "…"));
        } catch (YamlEngineException | NumberFormatException e) {
            throw refused("it holds characters or values that YAML does not know");
        }
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw RequestRefused.of(
                    400, new Detail("body", "not_utf8", "Expected text in UTF-8, but the body is something else."));
        }
    }

    /** Looks at the events first: they cost no tree. */
    private static void checkBounds(String text) {
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof AliasEvent
                    || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
                throw refused("it uses an anchor or alias; write the value out");
            }
            if (event instanceof CollectionStartEvent && ++depth > Limits.MAX_DEPTH) {
                throw refused("it is more than " + Limits.MAX_DEPTH + " levels deep");
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof DocumentStartEvent && ++documents > Limits.MAX_DOCUMENTS) {
                throw refused("it holds more than " + Limits.MAX_DOCUMENTS + " documents");
            }
            if (event instanceof ScalarEvent scalar && scalar.getValue().length() > Limits.MAX_SCALAR) {
                throw refused("it holds a value of more than " + Limits.MAX_SCALAR + " characters");
            }
        }
    }

    private static RequestRefused refused(String but) {
        return RequestRefused.of(400, new Detail("body", "not_yaml", "Expected plain YAML, but " + but + "."));
    }
}
