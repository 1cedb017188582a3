package aether.standalone.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code aether apply}: sends manifests. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Sends a manifest, so that what it describes comes to be.",
            "Applying the same manifest again changes nothing. All of a file is taken or nothing is."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether apply -f examples/tenant.yaml     organizations, clusters and node pools of a file",
            "  cat tenant.yaml | aether apply -f -      the same from standard input",
            "  aether apply -f tenant.json -o json      with an answer for programs"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.FAILED_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.UNREACHABLE_TEXT})
final class ApplyCommand implements Callable<Integer> {

    /** The server takes less; more than this is no manifest. */
    private static final int MAX_BYTES = 16 << 20;

    private static final String STANDARD_INPUT = "-";

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The manifest, YAML or JSON, one or many documents; - for standard input.")
    private String file;

    ApplyCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            byte[] manifest = read();
            boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
            try (ApiClient api = server.connect(world)) {
                JsonNode answer =
                        api.post("/api/v1/manifests", json ? "application/json" : "application/yaml", manifest);
                print(answer);
                return ExitCodes.OK;
            }
        });
    }

    private void print(JsonNode answer) {
        Printer printer = output.printer(spec);
        if (!printer.isTable()) {
            printer.one(answer);
            return;
        }
        List<JsonNode> items = new ArrayList<>();
        answer.path("items").forEach(items::add);
        printer.list(
                items,
                List.of(
                        Printer.Column.field("KIND", "kind"),
                        Printer.Column.field("NAME", "name"),
                        Printer.Column.field("OUTCOME", "outcome")),
                "The manifest describes nothing.");
    }

    private byte[] read() {
        try (InputStream input = STANDARD_INPUT.equals(file) ? world.input() : Files.newInputStream(Path.of(file))) {
            byte[] bytes = input.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw CliFailure.usage("Expected a manifest of at most %d MiB in %s, but it is larger."
                        .formatted(MAX_BYTES >> 20, file));
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw CliFailure.usage("Expected a manifest in %s, but there is no such file.".formatted(file));
        } catch (IOException e) {
            throw CliFailure.usage("Expected to read %s, but could not: %s.".formatted(file, e.getMessage()));
        }
    }
}
