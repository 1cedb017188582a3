package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code aether hibernate}. */
@Command(
        name = "hibernate",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a cluster to sleep: its machines go, and nothing of its control plane runs.",
            "Data, certificates, keys, addresses and the sizes of its pools are kept. aether wake brings all of it back.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether hibernate shop",
            "  aether hibernate shop --reason cost --reference CHG-17",
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
final class HibernateCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--reason",
            paramLabel = "WORD",
            defaultValue = "unused",
            description = "unused, cost, infrastructure or other; default: ${DEFAULT-VALUE}.")
    private String reason;

    @Option(names = "--reference", paramLabel = "CASE", defaultValue = "", description = "The number of a case.")
    private String reference;

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    HibernateCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                Printer printer = output.printer(spec);
                var answer = api.post(found.path() + "/hibernate", "application/json", wish());
                printer.say(found.name() + " is " + answer.path("status").asString("")
                        + "; what stands in the way is told by: aether describe cluster " + cluster);
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }

    private byte[] wish() {
        var wish = JsonMapper.shared().createObjectNode().put("reason", reason).put("reference", reference);
        return wish.toString().getBytes(StandardCharsets.UTF_8);
    }
}
