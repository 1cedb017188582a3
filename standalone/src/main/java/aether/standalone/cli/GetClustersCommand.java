package aether.standalone.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code aether get clusters}. */
@Command(
        name = "clusters",
        mixinStandardHelpOptions = true,
        description = "Lists clusters.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class GetClustersCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--organization",
            paramLabel = "ORGANIZATION",
            defaultValue = "",
            description = "Only those of one organization, by slug or id.")
    private String organization;

    GetClustersCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                List<JsonNode> clusters = new Tenants(api)
                        .clusters(organization).stream()
                                .map(found -> Tenants.within(
                                        found.cluster(), "organization", Printer.text(found.organization(), "slug")))
                                .toList();
                output.printer(spec)
                        .list(
                                clusters,
                                List.of(
                                        Printer.Column.field("ORGANIZATION", "organization"),
                                        Printer.Column.field("NAME", "name"),
                                        Printer.Column.field("STATUS", "status"),
                                        Printer.Column.field("VERSION", "k8s_version"),
                                        Printer.Column.field("REGION", "region"),
                                        Printer.Column.field("ENDPOINT", "endpoint"),
                                        Printer.Column.field("MESSAGE", "status_message")),
                                "There are no clusters.");
                return ExitCodes.OK;
            }
        });
    }
}
