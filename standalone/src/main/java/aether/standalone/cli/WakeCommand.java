package aether.standalone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code aether wake}. */
@Command(
        name = "wake",
        mixinStandardHelpOptions = true,
        description = {
            "Wakes a hibernated cluster, or one on its way there: certificates, etcd, API servers, controllers, machines.",
            "The same kubeconfig works again, as long as its certificate has not ended.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether wake shop",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class WakeCommand implements Callable<Integer> {

    private static final byte[] NOTHING = new byte[0];

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    WakeCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                Printer printer = output.printer(spec);
                var answer = api.post(found.path() + "/wake", "application/json", NOTHING);
                printer.say(found.name() + " is " + answer.path("status").asString("") + ".");
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }
}
