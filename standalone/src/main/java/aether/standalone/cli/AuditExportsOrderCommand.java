package aether.standalone.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code aether audit exports order}. */
@Command(
        name = "order",
        mixinStandardHelpOptions = true,
        description = {
            "Orders an export of an organization's trail; with --out it waits until it is made, and fetches it.",
            "That it was ordered and fetched, by whom and why, becomes part of the trail."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit exports order acme --reason regular-audit --out acme.zip",
            "  aether audit exports order acme --cluster shop --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z \\",
            "      --reason authority-request --reference case-17"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuditExportsOrderCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** The server gives an archive that is away an hour; whoever waits longer asks with 'list'. */
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "ORGANIZATION", description = "Whose trail, by slug or id.")
    private String organization;

    @Option(
            names = "--cluster",
            paramLabel = "CLUSTER",
            description = "Only what is about this cluster, by name or id.")
    private @Nullable String cluster;

    @Option(names = "--actor", paramLabel = "NAME", description = "Only what this actor did, as the events name it.")
    private @Nullable String actor;

    @Option(names = "--from", paramLabel = "TIME", description = "Recorded at this time or later.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Recorded before this time.")
    private @Nullable String to;

    @Option(names = "--from-position", paramLabel = "N", description = "At this position of the log or later.")
    private @Nullable String fromPosition;

    @Option(names = "--to-position", paramLabel = "N", description = "Before this position of the log.")
    private @Nullable String toPosition;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            required = true,
            description = {"regular-audit, authority-request, customer-request, incident, litigation, routine or other."
            })
    private String reason;

    @Option(
            names = "--reference",
            paramLabel = "CASE",
            description = "The number of a case. It stays in the log for ever, so it is never a name.")
    private @Nullable String reference;

    @Option(names = "--out", paramLabel = "FILE", description = "Wait for it, and write it here.")
    private @Nullable Path out;

    AuditExportsOrderCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                ExportsApi exports = new ExportsApi(api, organization);
                Printer printer = output.printer(spec);
                JsonNode ordered = exports.order(order());
                String id = Printer.text(ordered, "id");
                if (out == null) {
                    printer.say("Ordered as " + id + ".");
                    printer.say("Fetch it: aether audit exports download " + organization + " " + id + " --out FILE");
                    printer.one(ordered);
                    return ExitCodes.OK;
                }
                JsonNode ready = await(exports, id);
                String sha256 = exports.download(id, out);
                printer.say("%s events, proven in the log of %s entries."
                        .formatted(Printer.text(ready, "events"), Printer.text(ready, "log_size")));
                printer.say("SHA-256: " + sha256);
                printer.say("Check it anywhere: aether audit verify --export " + out + " --key FILE");
                printer.one(ready);
                return ExitCodes.OK;
            }
        });
    }

    private ObjectNode order() {
        ObjectNode order = JSON.createObjectNode().put("reason", reason);
        put(order, "reference", reference);
        put(order, "cluster", cluster);
        put(order, "actor", actor);
        put(order, "from", from);
        put(order, "to", to);
        put(order, "from_position", fromPosition);
        put(order, "to_position", toPosition);
        return order;
    }

    private static void put(ObjectNode order, String name, @Nullable String value) {
        if (value != null) {
            order.put(name, value);
        }
    }

    private JsonNode await(ExportsApi exports, String id) throws InterruptedException {
        long looks = PATIENCE.dividedBy(LOOK_EVERY);
        try (ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr())) {
            for (long look = 0; look < looks; look++) {
                JsonNode export = exports.show(id);
                switch (Printer.text(export, "state")) {
                    case "ready" -> {
                        return export;
                    }
                    case "waiting", "running" -> {
                        JsonNode done = export.path("progress");
                        progress.show(
                                "looking at entries",
                                done.path("done").asLong(0),
                                done.path("of").asLong(0));
                        world.pause().millis(LOOK_EVERY.toMillis());
                    }
                    default ->
                        throw CliFailure.failed("Expected export %s to be made, but it is %s: %s"
                                .formatted(id, Printer.text(export, "state"), Printer.text(export, "message")));
                }
            }
        }
        throw CliFailure.failed("Expected export %s within %s, but it is not ready.".formatted(id, PATIENCE));
    }
}
