package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks for a change of holds and shows which are in force then. */
final class HoldAnswer {

    private HoldAnswer() {}

    static void show(Printer printer, ApiClient api, String path, ObjectNode request) {
        JsonNode answer = api.post(path, "application/json", request.toString().getBytes(StandardCharsets.UTF_8));
        StringJoiner holds = new StringJoiner(", ");
        answer.path("holds").forEach(hold -> holds.add(hold.asString()));
        printer.say(
                holds.length() == 0
                        ? "No hold is in force on subject %s.".formatted(Printer.text(answer, "subject"))
                        : "In force on subject %s: %s.".formatted(Printer.text(answer, "subject"), holds));
        printer.one(answer);
    }
}
