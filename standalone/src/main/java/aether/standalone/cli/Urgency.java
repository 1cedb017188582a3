package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether something waits for the cluster's maintenance window. */
final class Urgency {

    @Option(
            names = "--now",
            paramLabel = "REASON",
            description = "Do not wait for the maintenance window: security, incident, agreed or other.")
    private @Nullable String now;

    @Option(names = "--reference", paramLabel = "CASE", defaultValue = "", description = "The number of a case.")
    private String reference = "";

    /** The wish for work that has no other; empty when it waits. */
    byte[] wish() {
        ObjectNode wish = JsonMapper.shared().createObjectNode();
        into(wish);
        return wish.isEmpty() ? new byte[0] : wish.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Says it in a wish. */
    void into(ObjectNode wish) {
        if (now != null) {
            wish.put("now", true).put("reason", now).put("reference", reference);
        }
    }

    /** What the answer says of the wait; else the sentence. */
    static String told(JsonNode cluster, String work, String sentence) {
        String waiting = cluster.path("maintenance")
                .path("planned")
                .path(work)
                .path("message")
                .asString("");
        return waiting.isEmpty() ? sentence : waiting;
    }
}
