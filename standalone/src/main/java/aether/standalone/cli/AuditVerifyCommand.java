package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.export.ExportReport;
import aether.archive.export.ExportVerifier;
import aether.archive.keys.ArchivedKeys;
import aether.archive.keys.KeyChain;
import aether.archive.keys.KeyObjects;
import aether.archive.log.CosignerKey;
import aether.archive.log.VerifierKey;
import aether.archive.policy.WitnessPolicy;
import aether.archive.stamp.TrustedAuthorities;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.Finding;
import aether.archive.verify.VerificationLevel;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import aether.archive.verify.Witnessed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code aether audit verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks an audit archive from its files alone, as deep as the level says; each includes those before it:",
            "  1  every checkpoint is signed by the key of its time, every seal names the one before it, every timestamp and",
            "     every cosignature is genuine, and the quorum of your policy stands under a checkpoint",
            "  2  every sealed checkpoint is a beginning of the newest one, and the wanted entries are in it",
            "  3  every tile and every root follows from the entries",
            "  4  whatever may never change is locked, and is what the lock was made for",
            "  5  every entry is an event at its own position, and no version of any stream is missing",
            "Bring the key from somewhere else than the archive; without one it can only be checked against itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit verify --archive data/archive --key log.vkey --reason routine",
            "  aether audit verify --archive /mnt/copy -o json",
            "  aether audit verify --export acme.zip --key log.vkey",
            "  aether audit verify --archive data/archive --policy auditors.policy",
            "  aether audit verify --archive data/archive --key log.vkey --level 2 --index 17 --report report.json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:intact", "1:not intact, or not readable; the findings say why", ExitCodes.USAGE_TEXT})
final class AuditVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    private final World world;

    @Mixin
    private RecordOptions records = new RecordOptions();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(
            names = "--export-key",
            paramLabel = "FILE",
            description = "The file with the public key of whoever made the export; it must have signed it.")
    private @Nullable Path exportKey;

    /** What is verified; exactly one of the two is given. */
    private static final class What {

        @Option(
                names = "--archive",
                paramLabel = "PLACE",
                description = {
                    "The archive's directory, or s3://BUCKET. Server and credentials of a bucket are taken from",
                    "AETHER_ARCHIVE_S3_ENDPOINT, _S3_REGION, _S3_ACCESS_KEY and _S3_SECRET_KEY_FILE."
                })
        private @Nullable String archive;

        @Option(names = "--export", paramLabel = "FILE", description = "A zip that 'aether audit export' made.")
        private @Nullable Path export;
    }

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The file with the log's public key (a vkey line); when it has changed, any of them.")
    private @Nullable Path key;

    @Option(
            names = "--ml-dsa-key",
            paramLabel = "FILE",
            description = {
                "The file with the log's ML-DSA-44 public key, for an archive's checkpoints; without it those signatures",
                "are checked with the key in the archive, where it has one."
            })
    private @Nullable Path mlDsaKey;

    @Option(
            names = "--tsa",
            paramLabel = "FILE",
            description = {
                "The file with the certificates (PEM) of the time-stamping authorities that you believe, or of those",
                "that vouch for them."
            })
    private @Nullable Path authorities;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = {
                "A witness policy (C2SP tlog-policy) whose quorum must have cosigned a checkpoint of the archive, or one in",
                "the export; the log's key is taken from it where --key is not given."
            })
    private @Nullable Path policy;

    @Mixin
    private StatementOption statements = new StatementOption();

    @Option(names = "--level", paramLabel = "N", description = "How deep, from 1 to 5; default: ${DEFAULT-VALUE}.")
    private int level = VerificationLevel.DOMAIN.number();

    @Option(
            names = "--index",
            paramLabel = "N",
            description = "An entry that must be proven to be in the log; may be given several times.")
    private List<Long> positions = List.of();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where to write the result as JSON as well, with the object of every finding.")
    private @Nullable Path reportFile;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads read and hash; default: one per core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    AuditVerifyCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            if (what.export == null && statements.isGiven()) {
                throw CliFailure.usage("Expected --export beside --statement: an archive has its own statements.");
            }
            if (what.export != null && mlDsaKey != null) {
                throw CliFailure.usage("Expected --archive beside --ml-dsa-key, but this is an export.");
            }
            if (what.export != null) {
                if (records.isWanted()) {
                    throw CliFailure.usage("Expected --archive beside --reason: what is entered is the archive's"
                            + " verification, but this is an export's.");
                }
                int exit = verifyExport(what.export);
                RecordOptions.sayNotRecorded(spec);
                return exit;
            }
            String archive = what.archive == null ? "" : what.archive;
            VerificationReport report = records.isWanted() ? recorded(archive) : unrecorded(archive);
            Printer printer = output.printer(spec);
            if (printer.isTable()) {
                tell(report);
            } else {
                printer.one(fields(report));
            }
            return report.isIntact() ? ExitCodes.OK : ExitCodes.FAILED;
        });
    }

    private VerificationReport unrecorded(String archive) {
        VerificationReport report = verify(archive);
        RecordOptions.sayNotRecorded(spec);
        return report;
    }

    private VerificationReport recorded(String archive) {
        try (ApiClient api = records.connect(world)) {
            String origin = nameOf(archive);
            VerificationReport report = verify(archive);
            ObjectNode command = records.reasoned()
                    .put("archive", origin)
                    .put("verification_id", RecordOptions.newId().toString())
                    .put("level", report.level().number())
                    .put("intact", report.isIntact())
                    .put("findings", Long.toString(report.findings().size() + report.moreFindings()))
                    .put("log_size", Long.toString(report.entries()))
                    .put("log_root", report.root());
            String position = RecordOptions.enter(api, "archive.record-verification", command);
            spec.commandLine().getErr().println("Recorded as event " + position + " of the log.");
            spec.commandLine().getErr().flush();
            return report;
        }
    }

    /** The archive's name in the event log: the log's own, whatever its newest epoch signs as. */
    private static String nameOf(String archive) {
        try (ArchivePlace.Reading place =
                ArchivePlace.named(archive, System.getenv()).read()) {
            KeyChain keys =
                    ArchivedKeys.read(KeyObjects.of(place.archive()), null).chain();
            return keys == null ? "unknown" : keys.firstOrigin();
        } catch (IllegalArgumentException | IOException e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()));
        }
    }

    /** What the newest checkpoint is signed as: its first line (C2SP tlog-checkpoint). */
    private static String origin(String archive) {
        try (ArchivePlace.Reading place =
                ArchivePlace.named(archive, System.getenv()).read()) {
            return place.archive()
                    .read("checkpoint")
                    .flatMap(note ->
                            new String(note, StandardCharsets.UTF_8).lines().findFirst())
                    .orElse("unknown");
        } catch (IllegalArgumentException | IOException e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()));
        }
    }

    private VerificationLevel level() {
        try {
            return VerificationLevel.of(level);
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage("--level: " + e.getMessage());
        }
    }

    private VerificationReport verify(String archive) {
        try (ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr());
                ArchivePlace.Reading place =
                        ArchivePlace.named(archive, System.getenv()).read()) {
            WitnessPolicy demanded = policy == null ? null : WitnessPolicy.read(policy);
            VerificationRequest request = new VerificationRequest(
                            level(), log(archive, demanded), positions, threads, progress::show)
                    .believing(believed());
            request = mlDsaKey == null ? request : request.signedWith(secondKey(mlDsaKey));
            VerificationReport report =
                    ArchiveVerifier.verify(place.archive(), demanded == null ? request : request.demanding(demanded));
            if (reportFile != null) {
                Files.writeString(reportFile, Printer.json(fields(report)) + "\n");
            }
            return report;
        } catch (IllegalArgumentException e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CliFailure.failed(
                    "Expected to read the archive in %s and the key, and to write the report, but".formatted(archive)
                            + " could not: %s (%s)."
                                    .formatted(e.getMessage(), e.getClass().getSimpleName()));
        }
    }

    private @Nullable VerifierKey log(String archive, @Nullable WitnessPolicy demanded) throws IOException {
        return key != null || demanded == null
                ? read(key)
                : demanded.log(origin(archive)).orElse(null);
    }

    private int verifyExport(Path export) {
        ExportReport report;
        try {
            report = ExportVerifier.verify(
                    export,
                    read(key),
                    read(exportKey),
                    believed(),
                    statements.read(),
                    policy == null ? null : WitnessPolicy.read(policy));
            if (reportFile != null) {
                Files.writeString(reportFile, Printer.json(fields(report)) + "\n");
            }
        } catch (IllegalArgumentException e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CliFailure.failed("Expected to read the export %s and the keys, but could not: %s (%s)."
                    .formatted(export, e.getMessage(), e.getClass().getSimpleName()));
        }
        Printer printer = output.printer(spec);
        if (printer.isTable()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(report.verdict());
            out.println("Events:  " + report.events() + ", proven in a log of " + report.size() + " entries");
            out.println("Signed:  " + (report.signed() ? "yes, by whoever made the export" : "no"));
            report.findings().forEach(finding -> out.println("  wrong: " + finding));
            report.remarks().forEach(remark -> out.println("  note:  " + remark));
            out.flush();
        } else {
            printer.one(fields(report));
        }
        return report.isIntact() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    /** A vkey line alone, or the object in which an archive announces it. */
    private static CosignerKey secondKey(Path file) throws IOException {
        return CosignerKey.parse(Files.readString(file).lines().findFirst().orElse(""));
    }

    private static @Nullable VerifierKey read(@Nullable Path vkey) throws IOException {
        return vkey == null ? null : VerifierKey.parse(Files.readString(vkey));
    }

    private TrustedAuthorities believed() throws IOException {
        return authorities == null ? TrustedAuthorities.NONE : TrustedAuthorities.read(authorities);
    }

    private static Map<String, Object> fields(ExportReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("intact", report.isIntact());
        fields.put("independent", report.independent());
        fields.put("signed", report.signed());
        fields.put("verdict", report.verdict());
        fields.put("events", report.events());
        fields.put("log_size", report.size());
        fields.put("findings", report.findings());
        fields.put("remarks", report.remarks());
        return fields;
    }

    private void tell(VerificationReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(report.verdict());
        out.println(
                "Level:   " + report.level().number() + ", " + report.level().what());
        out.println("Entries: " + report.entries());
        out.println("Root:    " + (report.root().isEmpty() ? "-" : report.root()));
        report.sentences().forEach(finding -> out.println("  wrong: " + finding));
        if (report.moreFindings() > 0) {
            out.println("  wrong: and " + report.moreFindings() + " more.");
        }
        report.remarks().forEach(remark -> out.println("  note:  " + remark));
        out.flush();
    }

    private static Map<String, Object> fields(VerificationReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("intact", report.isIntact());
        fields.put("independent", report.independent());
        fields.put("vouched", report.vouched());
        fields.put("verdict", report.verdict());
        fields.put("level", report.level().number());
        fields.put("entries", report.entries());
        fields.put("root", report.root());
        fields.put(
                "findings",
                report.findings().stream().map(AuditVerifyCommand::fields).toList());
        fields.put("more_findings", report.moreFindings());
        fields.put("remarks", report.remarks());
        Witnessed witnessed = report.witnessed();
        if (witnessed != null) {
            fields.put("witnessed", fields(witnessed));
        }
        return fields;
    }

    private static Map<String, Object> fields(Witnessed witnessed) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("enough", witnessed.by().enough());
        fields.put("size", witnessed.size());
        fields.put(
                "there",
                witnessed.by().there().stream()
                        .map(seen -> Map.of(
                                "witness", seen.witness(), "at", seen.at().toString()))
                        .toList());
        fields.put("lacking", witnessed.by().lacking());
        return fields;
    }

    private static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("level", finding.level().number());
        fields.put("object", finding.object());
        fields.put("sentence", finding.sentence());
        return fields;
    }
}
