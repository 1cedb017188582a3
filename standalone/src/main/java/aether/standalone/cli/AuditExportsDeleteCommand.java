package aether.standalone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aether audit exports delete}. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Removes an export before its time, also one that is still being made.",
        footerHeading = "%nExample:%n",
        footer = "  aether audit exports delete acme 0190a000-...",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuditExportsDeleteCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "Whose, by slug or id.")
    private String organization;

    @Parameters(index = "1", paramLabel = "EXPORT", description = "The export's id.")
    private String id;

    AuditExportsDeleteCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Printer printer = output.printer(spec);
                printer.one(new ExportsApi(api, organization).delete(id));
                printer.say("Export " + id + " is gone.");
                return ExitCodes.OK;
            }
        });
    }
}
