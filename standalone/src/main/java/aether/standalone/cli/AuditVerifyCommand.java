package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.export.ExportVerifier;
import aether.archive.log.VerifierKey;
import aether.archive.policy.WitnessPolicy;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationLevel;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks an audit archive from its files alone, as deep as the level says.",
            "Each level includes those before it:",
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

    @Mixin
    private BelievedOptions believed = new BelievedOptions();

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
            if (what.export != null && believed.hasSecondKey()) {
                throw CliFailure.usage("Expected --archive beside --ml-dsa-key, but this is an export.");
            }
            if (what.export != null) {
                if (records.isWanted()) {
                    throw CliFailure.usage("Expected --archive beside --reason: what is entered is the archive's"
                            + " verification, but this is an export's.");
                }
                int exit = show(verifyExport(what.export));
                RecordOptions.sayNotRecorded(spec);
                return exit;
            }
            String archive = what.archive == null ? "" : what.archive;
            return show(new ArchiveVerdict(
                    new VerificationRecord(records, world, spec).around(archive, () -> verify(archive))));
        });
    }

    private int show(Verdict verdict) {
        Printer printer = output.printer(spec);
        if (printer.isTable()) {
            PrintWriter out = spec.commandLine().getOut();
            verdict.tell(out);
            out.flush();
        } else {
            printer.one(verdict.fields());
        }
        return verdict.isIntact() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void write(Verdict verdict) throws IOException {
        if (reportFile != null) {
            Files.writeString(reportFile, Printer.json(verdict.fields()) + "\n");
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
            WitnessPolicy demanded = believed.policy();
            VerificationRequest request = believed.addTo(
                    new VerificationRequest(level(), log(archive, demanded), positions, threads, progress::show));
            VerificationReport report =
                    ArchiveVerifier.verify(place.archive(), demanded == null ? request : request.demanding(demanded));
            write(new ArchiveVerdict(report));
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
        return believed.hasKey() || demanded == null
                ? believed.key()
                : demanded.log(LogNames.signed(archive)).orElse(null);
    }

    private ExportVerdict verifyExport(Path export) {
        try {
            ExportVerdict verdict = new ExportVerdict(ExportVerifier.verify(
                    export,
                    believed.key(),
                    LogKeyOption.read(exportKey),
                    believed.authorities(),
                    statements.read(),
                    believed.policy()));
            write(verdict);
            return verdict;
        } catch (IllegalArgumentException e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CliFailure.failed("Expected to read the export %s and the keys, but could not: %s (%s)."
                    .formatted(export, e.getMessage(), e.getClass().getSimpleName()));
        }
    }
}
