package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code aether pause}. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {
            "Has the platform look at a cluster and change nothing of it, until a time or for so long; at most 7 days.",
            "What drifts meanwhile is told and put back afterwards. Deleting works all the time.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether pause shop --for 120 --reason maintenance",
            "  aether pause shop --until 2026-12-01T06:00:00Z --reason incident --reference INC-17",
            "  aether resume shop",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class PauseCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @ArgGroup(multiplicity = "1")
    private Length length = new Length();

    static final class Length {
        @Option(names = "--until", paramLabel = "TIME", description = "When it ends, for example 2026-12-01T06:00:00Z.")
        private @Nullable String until;

        @Option(names = "--for", paramLabel = "MINUTES", description = "After how many minutes it ends.")
        private int minutes;
    }

    @Option(
            names = "--reason",
            paramLabel = "WORD",
            required = true,
            description = "maintenance, incident, infrastructure or other.")
    private String reason;

    @Option(names = "--reference", paramLabel = "CASE", defaultValue = "", description = "The number of a case.")
    private String reference;

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    PauseCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                Printer printer = output.printer(spec);
                var answer = api.post(found.path() + "/pause", "application/json", wish());
                printer.say(found.name() + " is paused until "
                        + answer.at("/pause/until").asString("") + ".");
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }

    private byte[] wish() {
        var wish = JsonMapper.shared().createObjectNode().put("reason", reason).put("reference", reference);
        if (length.until == null) {
            wish.put("minutes", length.minutes);
        } else {
            wish.put("until", length.until);
        }
        return wish.toString().getBytes(StandardCharsets.UTF_8);
    }
}
