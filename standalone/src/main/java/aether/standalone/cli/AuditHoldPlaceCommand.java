package aether.standalone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit hold place}. */
@Command(
        name = "place",
        mixinStandardHelpOptions = true,
        description = "Forbids to forget a person until the hold is lifted.",
        footerHeading = "%nExample:%n",
        footer = "  aether audit hold place --user acme/mia --reference case-17 --reason litigation",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuditHoldPlaceCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Mixin
    private SubjectOptions subject;

    @Option(
            names = "--reference",
            paramLabel = "CASE",
            required = true,
            description = "The number of the case. It stays in the log for ever, so it is never a name.")
    private String reference;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            required = true,
            description = "litigation, authority-request, investigation or audit.")
    private String reason;

    AuditHoldPlaceCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                HoldAnswer.show(
                        output.printer(spec),
                        api,
                        "/api/v1/privacy/holds",
                        subject.request().put("reference", reference).put("reason", reason));
                return ExitCodes.OK;
            }
        });
    }
}
