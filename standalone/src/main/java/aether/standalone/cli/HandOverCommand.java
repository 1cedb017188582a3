package aether.standalone.cli;

import aether.domain.cluster.Channel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether hand-over}. */
@Command(
        name = "hand-over",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a cluster be changed through another channel from now on.",
            "A cluster is changed through the channel that made it: the API, or custom resources in the management cluster."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether hand-over shop --to kubernetes    a TenantCluster of its name may take it",
            "  aether hand-over shop --to api           its TenantCluster may be deleted, and the cluster stays"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class HandOverCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Option(names = "--to", paramLabel = "CHANNEL", required = true, description = "api or kubernetes.")
    private Channel to;

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    HandOverCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                Printer printer = output.printer(spec);
                byte[] body = ("{\"channel\":\"" + to.published() + "\"}").getBytes(StandardCharsets.UTF_8);
                var answer = api.post(found.path() + "/hand-over", "application/json", body);
                printer.say(found.name() + " is changed through " + (to == Channel.API ? "the API" : "custom resources")
                        + " from now on.");
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }
}
