package aether.standalone.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code aether get organizations}. */
@Command(
        name = "organizations",
        mixinStandardHelpOptions = true,
        description = "Lists the organizations that the token may see.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.FAILED_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.UNREACHABLE_TEXT})
final class GetOrganizationsCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    GetOrganizationsCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                output.printer(spec)
                        .list(
                                new Tenants(api).organizations(""),
                                List.of(
                                        Printer.Column.field("SLUG", "slug"),
                                        Printer.Column.field("NAME", "name"),
                                        Printer.Column.field("CREATED", "created_at")),
                                "There are no organizations.");
                return ExitCodes.OK;
            }
        });
    }
}
