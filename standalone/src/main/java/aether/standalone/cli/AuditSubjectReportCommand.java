package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code aether audit subject-report}. */
@Command(
        name = "subject-report",
        mixinStandardHelpOptions = true,
        description = "Shows what is kept about a person, and whether it may be forgotten.",
        footerHeading = "%nExample:%n",
        footer = "  aether audit subject-report --user acme/mia",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuditSubjectReportCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Mixin
    private SubjectOptions subject;

    AuditSubjectReportCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                JsonNode answer = api.post(
                        "/api/v1/privacy/reports",
                        "application/json",
                        subject.request().toString().getBytes(StandardCharsets.UTF_8));
                Printer printer = output.printer(spec);
                show(printer, answer);
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }

    private static void show(Printer printer, JsonNode answer) {
        printer.say("subject       " + Printer.text(answer, "subject"));
        printer.say("key           " + Printer.text(answer, "key_id"));
        printer.say("in the log as " + Printer.text(answer, "pseudonym"));
        printer.say("known since   " + Printer.text(answer, "known_since"));
        printer.say("last used     " + Printer.text(answer, "last_used"));
        StringJoiner holds = new StringJoiner(", ");
        answer.path("holds").forEach(hold -> holds.add(hold.asString()));
        printer.say("legal holds   " + (holds.length() == 0 ? "none" : holds));
        printer.say("kept by law   "
                + (answer.path("kept_until").isMissingNode() ? "no" : "until " + Printer.text(answer, "kept_until")));
        printer.say("token         "
                + (answer.path("token_in_force").asBoolean()
                        ? "in force; take it out of the token file first"
                        : "none"));
    }
}
