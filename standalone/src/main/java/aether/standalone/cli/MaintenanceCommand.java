package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code aether maintenance}. */
@Command(
        name = "maintenance",
        mixinStandardHelpOptions = true,
        description = {
            "Says when a cluster may be disturbed; upgrades and rotations wait for that, unless asked with --now.",
            "A window is days, a time and a length, in UTC: 'sat,sun 02:00+4h'.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether maintenance shop --window 'sat,sun 02:00+4h' --window 'wed 22:30+90m'",
            "  aether maintenance shop --any-time",
            "  aether maintenance shop --drop upgrade   gives up what waits",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class MaintenanceCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @ArgGroup(multiplicity = "1")
    private Wish wish = new Wish();

    static final class Wish {
        @Option(names = "--window", paramLabel = "WINDOW", description = "A window; may be repeated.")
        private List<String> windows = List.of();

        @Option(names = "--any-time", description = "No windows: it may be disturbed at any time.")
        private boolean anyTime;

        @Option(
                names = "--drop",
                paramLabel = "WORK",
                description = "Give up what waits: upgrade, authority-rotation, etcd-authority-rotation,"
                        + " front-proxy-authority-rotation, encryption-key-rotation or service-account-key-rotation.")
        private @Nullable String drop;
    }

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    MaintenanceCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                Printer printer = output.printer(spec);
                if (wish.drop != null) {
                    var answer = api.delete(found.path() + "/planned-work/" + wish.drop);
                    printer.say("The " + wish.drop + " of " + found.name() + " waits no more.");
                    printer.one(answer);
                    return ExitCodes.OK;
                }
                JsonNode answer = api.put(found.path() + "/maintenance-windows", "application/json", body());
                printer.say(
                        wish.anyTime
                                ? found.name() + " may be disturbed at any time."
                                : found.name() + " may be disturbed " + String.join(" and ", wish.windows) + " (UTC).");
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }

    private byte[] body() {
        var body = JsonMapper.shared().createObjectNode();
        wish.windows.forEach(body.putArray("windows")::add);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
