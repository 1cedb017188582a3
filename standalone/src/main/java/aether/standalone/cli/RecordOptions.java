package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether, where and why a look into the archive is itself entered into the audit trail. */
final class RecordOptions {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = {
                "Enter this into the audit trail of the platform, with this reason: regular-audit, authority-request,",
                "customer-request, incident, litigation, routine or other. Without it nothing is entered."
            })
    private @Nullable String reason;

    @Option(
            names = "--reference",
            paramLabel = "CASE",
            description = "The number of a case. It stays in the trail for ever, so it is never a name.")
    private String reference = "";

    /** Whether it is to be entered. */
    boolean isWanted() {
        return reason != null;
    }

    /** Says plainly that nobody will find this in the trail. */
    static void sayNotRecorded(CommandSpec spec) {
        spec.commandLine()
                .getErr()
                .println(
                        "Not recorded: this was done offline, and the audit trail does not know of it. With --reason it is"
                                + " entered at the platform.");
        spec.commandLine().getErr().flush();
    }

    /** The way to the platform; found out before anything is done. */
    ApiClient connect(World world) {
        return server.connect(world);
    }

    /** A command with the reason in it. */
    ObjectNode reasoned() {
        return JSON.createObjectNode().put("reason", reason).put("reference", reference);
    }

    /** A command without one. */
    static ObjectNode command(Map<String, String> texts) {
        ObjectNode command = JSON.createObjectNode();
        texts.forEach(command::put);
        return command;
    }

    /** An id for what is entered. */
    static UUID newId() {
        return UUID.randomUUID();
    }

    /** Enters a command; answers its position. */
    static String enter(ApiClient api, String type, ObjectNode command) {
        ObjectNode body = JSON.createObjectNode().put("type", type);
        body.set("command", command);
        return Printer.text(
                api.post(
                        "/api/v1/audit/records",
                        "application/json",
                        body.toString().getBytes(StandardCharsets.UTF_8)),
                "position");
    }
}
