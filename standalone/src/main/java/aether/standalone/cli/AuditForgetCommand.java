package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code aether audit forget}. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = {
            "Forgets a person, for good: destroys the key under which the log keeps the name and addresses.",
            "The log itself does not change and verifies as before."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit forget --user acme/mia --basis objection",
            "  aether audit forget --address 203.0.113.7 --basis no-longer-necessary"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuditForgetCommand implements Callable<Integer> {

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
            names = "--basis",
            paramLabel = "BASIS",
            required = true,
            description = {
                "Why, after Art. 17(1) GDPR: no-longer-necessary, consent-withdrawn, objection, unlawful-processing,",
                "legal-obligation, offered-to-a-child."
            })
    private String basis;

    AuditForgetCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                byte[] request =
                        subject.request().put("basis", basis).toString().getBytes(StandardCharsets.UTF_8);
                JsonNode answer = api.post("/api/v1/privacy/erasures", "application/json", request);
                Printer printer = output.printer(spec);
                printer.say("Forgotten. Key %s was destroyed at %s;"
                        .formatted(Printer.text(answer, "key_id"), Printer.text(answer, "destroyed_at")));
                printer.say("generation %s of the master key ended with it, so no older copy of the key opens."
                        .formatted(Printer.text(answer, "master_key_generation_ended")));
                printer.say("The proof is event %s of the log.".formatted(Printer.text(answer, "position")));
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }
}
