package aether.standalone.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aether roll}. */
@Command(
        name = "roll",
        mixinStandardHelpOptions = true,
        description = {
            "Replaces every node of a pool by a new one: one more joins, then one after the other goes.",
        },
        footerHeading = "%nExamples:%n",
        footer = {"  aether roll shop workers"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class RollCommand implements Callable<Integer> {

    private static final byte[] NOTHING = new byte[0];

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0", paramLabel = "CLUSTER", description = "The cluster, as NAME, ORGANIZATION/NAME or id.")
    private String cluster;

    @Parameters(index = "1", paramLabel = "POOL", description = "The pool, as name or id.")
    private String pool;

    RollCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = new Tenants(api).cluster(cluster);
                Printer printer = output.printer(spec);
                String path = found.path() + "/node-pools/" + URLEncoder.encode(pool, StandardCharsets.UTF_8) + "/roll";
                var answer = api.post(path, "application/json", NOTHING);
                printer.say("The nodes of " + found.name() + "/" + pool + " are being replaced.");
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }
}
