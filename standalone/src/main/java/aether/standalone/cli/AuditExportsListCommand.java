package aether.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code aether audit exports list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the exports of an organization, the oldest first, and how far each is.",
        footerHeading = "%nExample:%n",
        footer = "  aether audit exports list acme",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuditExportsListCommand implements Callable<Integer> {

    private static final List<Printer.Column> COLUMNS = List.of(
            Printer.Column.field("ID", "id"),
            Printer.Column.field("STATE", "state"),
            Printer.Column.field("ASKED", "asked_at"),
            Printer.Column.field("EVENTS", "events"),
            Printer.Column.field("BYTES", "bytes"),
            Printer.Column.field("EXPIRES", "expires_at"));

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "ORGANIZATION", description = "Whose, by slug or id.")
    private String organization;

    AuditExportsListCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                List<JsonNode> items = new ArrayList<>();
                new ExportsApi(api, organization).all().path("items").forEach(items::add);
                output.printer(spec).list(items, COLUMNS, "No exports.");
                return ExitCodes.OK;
            }
        });
    }
}
