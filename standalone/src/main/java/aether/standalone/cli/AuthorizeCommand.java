package aether.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code aether authorize}. */
@Command(
        name = "authorize",
        mixinStandardHelpOptions = true,
        description = {
            "Says from which networks a cluster's API may be reached; the list is replaced whole.",
            "Without an option, shows the list. The cluster's nodes and the platform are always let in. Whoever "
                    + "is connected stays until the connection ends."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether authorize shop --cidr 203.0.113.0/24 --cidr 198.51.100.7/32",
            "  aether authorize shop --anyone",
            "  aether authorize shop",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuthorizeCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @ArgGroup
    private Wish wish = new Wish();

    static final class Wish {
        @Option(names = "--cidr", paramLabel = "BLOCK", description = "A block of addresses; may be repeated.")
        private List<String> cidrs = List.of();

        @Option(names = "--anyone", description = "No list: it may be reached from everywhere.")
        private boolean anyone;

        boolean isToShow() {
            return cidrs.isEmpty() && !anyone;
        }
    }

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    AuthorizeCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                Printer printer = output.printer(spec);
                String path = found.path() + "/network";
                JsonNode answer = wish.isToShow() ? api.get(path) : api.put(path, "application/json", body());
                List<String> now = answer.path("authorized_cidrs")
                        .valueStream()
                        .map(block -> block.asString(""))
                        .toList();
                printer.say("The API of " + found.name() + " may be reached from "
                        + (now.isEmpty() ? "everywhere." : String.join(", ", now) + "."));
                printer.one(answer);
                return ExitCodes.OK;
            }
        });
    }

    private byte[] body() {
        var body = JsonMapper.shared().createObjectNode();
        wish.cidrs.forEach(body.putArray("authorized_cidrs")::add);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
