package aether.standalone.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aether audit exports download}. */
@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        description = "Fetches an export that is ready. That it was fetched, and by whom, becomes part of the trail.",
        footerHeading = "%nExample:%n",
        footer = "  aether audit exports download acme 0190a000-... --out acme.zip",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.OK_TEXT,
            ExitCodes.FAILED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNREACHABLE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuditExportsDownloadCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "Whose, by slug or id.")
    private String organization;

    @Parameters(index = "1", paramLabel = "EXPORT", description = "The export's id.")
    private String id;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the zip goes.")
    private Path out;

    AuditExportsDownloadCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try (ApiClient api = server.connect(world)) {
                String sha256 = new ExportsApi(api, organization).download(id, out);
                Printer printer = output.printer(spec);
                printer.say("SHA-256: " + sha256);
                printer.say("Check it anywhere: aether audit verify --export " + out + " --key FILE");
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("file", out.toString());
                fields.put("sha256", sha256);
                printer.one(fields);
                return ExitCodes.OK;
            }
        });
    }
}
