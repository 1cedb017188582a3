package aether.standalone.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code aether delete cluster}. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = {
            "Asks for the end of a cluster: its node pools, its control plane, its addresses.",
            "What happened to it stays readable for ever."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether delete cluster shop           asks, and returns at once",
            "  aether delete cluster shop --wait    returns when it is gone"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class DeleteClusterCommand implements Callable<Integer> {

    private static final long LOOK_MILLIS = 1_000;

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Option(names = "--wait", description = "Return when it is gone.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "PT15M",
            description = "How long to wait at most, as in PT15M; default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    DeleteClusterCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                Printer printer = output.printer(spec);
                JsonNode answer = api.delete(found.path());
                printer.say("The deletion of " + found.name() + " has begun.");
                if (wait) {
                    awaitEnd(api, found, printer);
                }
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }

    private void awaitEnd(ApiClient api, Tenants.Found found, Printer printer) throws InterruptedException {
        Instant until = world.clock().instant().plus(timeout);
        String said = "";
        while (world.clock().instant().isBefore(until)) {
            try {
                String message = Printer.text(api.get(found.path()), "status_message");
                if (!message.equals(said)) {
                    printer.say("  " + message);
                    said = message;
                }
            } catch (CliFailure e) {
                if (e.exitCode() == ExitCodes.NOT_FOUND) {
                    printer.say(found.name() + " is gone.");
                    return;
                }
                throw e;
            }
            world.pause().millis(LOOK_MILLIS);
        }
        throw CliFailure.failed(
                "Expected %s to be gone within %s, but it is not: %s".formatted(found.name(), timeout, said));
    }
}
