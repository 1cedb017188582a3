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

/** {@code aether upgrade}. */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description = {
            "Moves a cluster to a later patch or to the next minor: etcd, API servers, controllers, then every node.",
            "--abandon goes back, until something of another minor has served; within a minor, until nodes are replaced."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether upgrade shop --to 1.34      the newest patch of that minor",
            "  aether upgrade shop --to 1.34 --now security   outside of the maintenance window",
            "  aether upgrade shop --abandon",
            "  aether describe cluster shop       how far it is"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class UpgradeCommand implements Callable<Integer> {

    private static final byte[] NOTHING = new byte[0];

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @ArgGroup(multiplicity = "1")
    private Way way = new Way();

    @Mixin
    private Urgency urgency = new Urgency();

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    static final class Way {
        @Option(names = "--to", paramLabel = "VERSION", description = "MAJOR.MINOR or MAJOR.MINOR.PATCH.")
        private @Nullable String to;

        @Option(names = "--abandon", description = "Give an unfinished upgrade up.")
        private boolean abandon;
    }

    UpgradeCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                Printer printer = output.printer(spec);
                String path = found.path() + "/upgrade";
                var answer = way.abandon
                        ? api.post(path + "/abandon", "application/json", NOTHING)
                        : api.post(path, "application/json", target(String.valueOf(way.to)));
                printer.say(
                        way.abandon
                                ? found.name() + " goes back to the version it came from."
                                : Urgency.told(
                                        answer.path("cluster"),
                                        "upgrade",
                                        "The upgrade of " + found.name() + " to " + way.to + " has begun."));
                printer.one(way.abandon ? answer : answer.path("cluster"));
                return ExitCodes.OK;
            }
        });
    }

    private byte[] target(String version) {
        var wish = JsonMapper.shared().createObjectNode().put("target_version", version);
        urgency.into(wish);
        return wish.toString().getBytes(StandardCharsets.UTF_8);
    }
}
