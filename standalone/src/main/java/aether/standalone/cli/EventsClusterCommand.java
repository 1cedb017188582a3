package aether.standalone.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code aether events cluster}. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Shows what happened to a cluster, oldest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether events cluster shop                what has happened",
            "  aether events cluster acme/shop --follow  and what happens, until Ctrl-C",
            "  aether events cluster shop -o json        with every field"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class EventsClusterCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A broken stream is taken up again after this, doubled each time nothing came of it. */
    private static final long FIRST_PAUSE = 500;

    /** After so many tries in a row without an event the server counts as gone. */
    private static final int MOST_TRIES = 6;

    private static List<Printer.Column> columns(ActorNames names) {
        return List.of(
                Printer.Column.field("POSITION", "position"),
                Printer.Column.field("TIME", "recorded_time"),
                new Printer.Column("ACTOR", names::of),
                Printer.Column.field("WHAT HAPPENED", "sentence"));
    }

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Option(names = "--follow", description = "Go on with what happens, until Ctrl-C.")
    private boolean follow;

    @Mixin
    private ClusterParameter cluster = new ClusterParameter();

    EventsClusterCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                Tenants.Found found = cluster.find(api);
                if (follow) {
                    follow(api, found.path() + "/events/stream");
                } else {
                    List<JsonNode> entries = api.list(found.path() + "/events");
                    ActorNames names = new ActorNames(api);
                    names.learn(entries);
                    output.printer(spec).list(entries, columns(names), "Nothing has happened yet.");
                }
                return ExitCodes.OK;
            }
        });
    }

    private void follow(ApiClient api, String path) throws InterruptedException {
        ActorNames names = new ActorNames(api);
        String last = "";
        int tries = 0;
        while (true) {
            String reached = last;
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(api.stream(path, last), StandardCharsets.UTF_8))) {
                reached = show(lines, last, names);
            } catch (IOException | StreamBroken e) {
                reached = e instanceof StreamBroken broken ? broken.reached() : reached;
            } catch (CliFailure e) {
                if (e.exitCode() != ExitCodes.UNREACHABLE || tries + 1 == MOST_TRIES) {
                    throw e;
                }
            }
            tries = reached.equals(last) ? tries + 1 : 0;
            if (tries == MOST_TRIES) {
                throw new CliFailure(
                        ExitCodes.UNREACHABLE, "Expected events from the server, but the stream breaks off.");
            }
            last = reached;
            world.pause().millis(FIRST_PAUSE << tries);
        }
    }

    /** The stream broke after an event. */
    private static final class StreamBroken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String reached;

        StreamBroken(String reached) {
            super(reached, null, false, false);
            this.reached = reached;
        }

        String reached() {
            return reached;
        }
    }

    /** Shows events until the stream ends; answers the id of the last one. */
    private String show(BufferedReader lines, String from, ActorNames names) {
        Printer printer = output.printer(spec);
        String last = from;
        String id = "";
        boolean named = false;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring("id:".length()).strip();
                } else if (line.startsWith("event:")) {
                    named = true;
                } else if (line.startsWith("data:") && !named) {
                    show(printer, JSON.readTree(line.substring("data:".length())), names);
                    last = id;
                } else if (line.isEmpty()) {
                    named = false;
                }
            }
            return last;
        } catch (IOException | JacksonException e) {
            throw new StreamBroken(last);
        }
    }

    private static void show(Printer printer, JsonNode entry, ActorNames names) {
        if (printer.isTable()) {
            names.learn(List.of(entry));
        }
        printer.say("%s  %s (%s)"
                .formatted(Printer.text(entry, "recorded_time"), Printer.text(entry, "sentence"), names.of(entry)));
        printer.next(entry);
    }
}
