package aether.standalone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit hold lift}. */
@Command(
        name = "lift",
        mixinStandardHelpOptions = true,
        description = "Ends a hold; when it was the last one, the person may be forgotten.",
        footerHeading = "%nExample:%n",
        footer = "  aether audit hold lift --user acme/mia --reference case-17",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuditHoldLiftCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Mixin
    private SubjectOptions subject;

    @Option(names = "--reference", paramLabel = "CASE", required = true, description = "The number of the case.")
    private String reference;

    AuditHoldLiftCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                HoldAnswer.show(
                        output.printer(spec),
                        api,
                        "/api/v1/privacy/holds/lifted",
                        subject.request().put("reference", reference));
                return ExitCodes.OK;
            }
        });
    }
}
