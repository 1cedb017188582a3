package aether.standalone.cli;

import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "Checks a whole audit archive from its files alone: signatures, every hash, every lock, every position.",
            "Bring the key from somewhere else than the archive; without one it can only be checked against itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit verify --archive data/archive --key log.vkey",
            "  aether audit verify --archive /mnt/copy -o json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:intact", "1:not intact, or not readable; the findings say why", ExitCodes.USAGE_TEXT})
final class AuditVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Option(names = "--archive", paramLabel = "DIR", required = true, description = "The archive's directory.")
    private Path archive;

    @Option(names = "--key", paramLabel = "FILE", description = "The file with the log's public key (a vkey line).")
    private @Nullable Path key;

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            VerificationReport report = verify();
            Printer printer = output.printer(spec);
            if (printer.isTable()) {
                tell(report);
            } else {
                printer.one(fields(report));
            }
            return report.isIntact() ? ExitCodes.OK : ExitCodes.FAILED;
        });
    }

    private VerificationReport verify() {
        try {
            return ArchiveVerifier.verify(archive, Optional.ofNullable(key));
        } catch (IllegalArgumentException e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CliFailure.failed("Expected to read the archive in %s and the key, but could not: %s."
                    .formatted(archive, e.getMessage()));
        }
    }

    private void tell(VerificationReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(report.verdict());
        out.println("Entries: " + report.entries());
        out.println("Root:    " + (report.root().isEmpty() ? "-" : report.root()));
        report.findings().forEach(finding -> out.println("  wrong: " + finding));
        report.remarks().forEach(remark -> out.println("  note:  " + remark));
        out.flush();
    }

    private static Map<String, Object> fields(VerificationReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("intact", report.isIntact());
        fields.put("independent", report.independent());
        fields.put("verdict", report.verdict());
        fields.put("entries", report.entries());
        fields.put("root", report.root());
        fields.put("findings", report.findings());
        fields.put("remarks", report.remarks());
        return fields;
    }
}
