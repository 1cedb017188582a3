package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.export.Evidence;
import aether.archive.export.ExportRequest;
import aether.archive.export.ExportResult;
import aether.archive.export.ExportScope;
import aether.archive.export.Exporter;
import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import aether.archive.read.ArchiveReader;
import aether.archive.seal.FileKey;
import aether.domain.export.ExportSelection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code aether audit export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what an auditor asks for into one zip that proves itself: JSON Lines, CSV, Parquet, OCSF, a "
                    + "report to read, and the part of the log that proves every event.",
            "The same request gives the same bytes. Say whose events: --organization or --cluster; --platform is "
                    + "for the operator alone."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit export --archive data/archive --key log.vkey --organization 95e3ef66-... --out acme.zip \\",
            "      --reason customer-request --reference case-17",
            "  aether audit export --archive data/archive --key log.vkey --cluster 11962edd-... \\",
            "      --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z --sign-with export.key --out november.zip"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the export is complete",
            "1:the archive is not readable, damaged, or not signed with the key",
            ExitCodes.USAGE_TEXT
        })
final class AuditExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    private static final String LOG_KEY = "keys/0.vkey";

    private final World world;

    @Mixin
    private RecordOptions records = new RecordOptions();

    @Mixin
    private ArchiveOption archive = new ArchiveOption();

    @Mixin
    private LogKeyOption key = new LogKeyOption();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the zip goes.")
    private Path out;

    @Option(names = "--organization", paramLabel = "ID", description = "Events on behalf of this organization.")
    private @Nullable String organization;

    @Option(names = "--cluster", paramLabel = "ID", description = "Events about this cluster.")
    private @Nullable String cluster;

    @Option(names = "--platform", description = "Events of all organizations and of the platform itself.")
    private boolean platform;

    @Option(names = "--actor", paramLabel = "NAME", description = "Only what this actor did, as the events name it.")
    private @Nullable String actor;

    @Option(names = "--from", paramLabel = "TIME", description = "Recorded at this time or later.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Recorded before this time.")
    private @Nullable String to;

    @Option(names = "--from-position", paramLabel = "N", description = "At this position of the log or later.")
    private @Nullable Long fromPosition;

    @Option(names = "--to-position", paramLabel = "N", description = "Before this position of the log.")
    private @Nullable Long toPosition;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Prove against the sealed checkpoint of this size; default: the newest.")
    private @Nullable Long size;

    @Option(
            names = "--evidence",
            paramLabel = "NAME",
            split = ",",
            description = {
                "What others have signed of the log and goes into the zip, by the names in the archive: timestamps and",
                "checkpoints that witnesses have cosigned, or 'none'; default: what is there now. The command says which it",
                "took, so that the same bytes can be made again."
            })
    private List<String> evidence = List.of();

    @Option(
            names = "--sign-with",
            paramLabel = "FILE",
            description = "Sign the manifest with the key in this file, which is made if it is not there.")
    private @Nullable Path signWith;

    AuditExportCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try {
                tell(records.isWanted() ? recorded() : unrecorded());
                return ExitCodes.OK;
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw CliFailure.failed("Expected to read the archive in %s and to write %s, but could not: %s (%s)."
                        .formatted(archive, out, e.getMessage(), e.getClass().getSimpleName()));
            }
        });
    }

    private ExportResult unrecorded() throws IOException {
        ExportResult result = export(scope());
        RecordOptions.sayNotRecorded(spec);
        return result;
    }

    /** Entered before anything is written, so that no export exists that the trail does not know of. */
    private ExportResult recorded() throws IOException {
        ExportScope scope = scope();
        String id = RecordOptions.newId().toString();
        try (ApiClient api = records.connect(world)) {
            ObjectNode request = records.reasoned().put("export_id", id);
            request.set("selection", selection(scope));
            RecordOptions.enter(api, "export.request", request);
            ExportResult result = written(api, id, scope);
            String position = RecordOptions.enter(
                    api,
                    "export.record-completed",
                    RecordOptions.command(Map.of(
                            "export_id", id,
                            "sha256", result.sha256(),
                            "events", Long.toString(result.events()),
                            "log_size", Long.toString(result.checkpoint().size()))));
            PrintWriter err = spec.commandLine().getErr();
            err.println("Recorded as export " + id + ", event " + position + " of the log.");
            err.flush();
            return result;
        }
    }

    private ExportResult written(ApiClient api, String id, ExportScope scope) throws IOException {
        boolean written = false;
        try {
            ExportResult result = export(scope);
            written = true;
            return result;
        } finally {
            if (!written) {
                RecordOptions.enter(
                        api,
                        "export.record-failed",
                        RecordOptions.command(Map.of("export_id", id, "code", "not_written")));
            }
        }
    }

    private static ObjectNode selection(ExportScope scope) {
        Map<String, String> texts = new LinkedHashMap<>();
        put(texts, "organization_id", scope.organization());
        put(texts, "cluster_id", scope.cluster());
        String actor = scope.actor();
        put(texts, "actor", actor == null ? null : ExportSelection.withoutName(actor));
        put(texts, "from", scope.from());
        put(texts, "to", scope.to());
        return RecordOptions.command(texts);
    }

    private static void put(Map<String, String> texts, String name, @Nullable Object value) {
        if (value != null) {
            texts.put(name, value.toString());
        }
    }

    private ExportResult export(ExportScope scope) throws IOException {
        VerifierKey brought = key.read();
        try (ArchivePlace.Reading place = archive.place().read()) {
            return Exporter.export(
                    place.archive(),
                    new ExportRequest(scope, brought, size, evidence(), signer(place.archive())),
                    out,
                    ExportRequest.Progress.SILENT);
        }
    }

    private @Nullable Evidence evidence() {
        if (evidence.isEmpty()) {
            return null;
        }
        return evidence.equals(List.of("none")) ? Evidence.NONE : new Evidence(evidence);
    }

    private ExportScope scope() {
        boolean somebodys = organization != null || cluster != null;
        if (somebodys == platform) {
            throw CliFailure.usage("Expected either --organization or --cluster (or both), or --platform, but got "
                    + (platform ? "both." : "neither."));
        }
        try {
            return new ExportScope(
                    organization, cluster, actor, time("--from", from), time("--to", to), fromPosition, toPosition);
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Instant time(String option, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw CliFailure.usage(
                    "Expected %s to be a time such as 2026-11-01T00:00:00Z, but got %s.".formatted(option, text));
        }
    }

    /** A key of its own: the log's key signs checkpoints and nothing else. */
    private @Nullable Signer signer(ArchiveReader from) throws IOException {
        if (signWith == null) {
            return null;
        }
        byte[] own = from.read(LOG_KEY)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected the log's key in " + LOG_KEY + " of the archive, but it is not there."));
        String name = VerifierKey.parse(new String(own, StandardCharsets.UTF_8)).name() + "/export";
        return switch (archive.place()) {
            case ArchivePlace.Directory directory -> FileKey.open(signWith, directory.path(), name, new SecureRandom());
            case ArchivePlace.Buckets unused -> FileKey.open(signWith, name, new SecureRandom());
        };
    }

    private void tell(ExportResult result) {
        Printer printer = output.printer(spec);
        if (!printer.isTable()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", out.toString());
            fields.put("sha256", result.sha256());
            fields.put("events", result.events());
            fields.put("from", result.from());
            fields.put("to", result.to());
            fields.put("log_size", result.checkpoint().size());
            fields.put("log_root", result.checkpoint().root().base64());
            fields.put("evidence", result.evidence().objects());
            printer.one(fields);
            return;
        }
        PrintWriter printed = spec.commandLine().getOut();
        printed.printf(
                "%d events of %d looked at, each proven in the log of %d entries.%n",
                result.events(),
                Math.max(0, result.to() - result.from()),
                result.checkpoint().size());
        printed.println("SHA-256: " + result.sha256());
        if (!result.evidence().objects().isEmpty()) {
            printed.println(
                    "The same bytes again: --size " + result.checkpoint().size() + " --evidence "
                            + String.join(",", result.evidence().objects()));
        }
        printed.println("Check it anywhere: aether audit verify --export " + out + " --key FILE");
        printed.flush();
    }
}
