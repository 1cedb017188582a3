package aether.standalone.cli;

import aether.archive.probe.WormVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code aether audit probe}. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        description = {
            "Tries to take away what the archive's store has locked: delete, shorten, overwrite, suspend.",
            "Works on a canary of its own; needs the archiver's credentials, because those are what it tests."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  aether audit probe --archive s3://audit", "  aether audit probe --archive data/archive -o json"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the store held against all of it",
            "1:it did not, or there is no verdict",
            ExitCodes.USAGE_TEXT
        })
final class AuditProbeCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveOption archive = new ArchiveOption();

    @Mixin
    private OutputOptions output;

    AuditProbeCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try {
                WormVerdict verdict = archive.place().probe(world.clock().instant());
                show(verdict);
                return verdict.isCompliant() ? ExitCodes.OK : ExitCodes.FAILED;
            } catch (IllegalArgumentException | IOException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            }
        });
    }

    private void show(WormVerdict verdict) {
        Printer printer = output.printer(spec);
        if (!printer.isTable()) {
            printer.one(Map.of(
                    "place", verdict.place(),
                    "at", verdict.at().toString(),
                    "compliant", verdict.isCompliant(),
                    "attempts",
                            verdict.attempts().stream()
                                    .map(attempt -> Map.of(
                                            "what",
                                            attempt.what(),
                                            "held",
                                            attempt.held(),
                                            "observed",
                                            attempt.observed()))
                                    .toList()));
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        verdict.attempts()
                .forEach(attempt -> out.println(
                        (attempt.held() ? "  held    " : "  FAILED  ") + attempt.what() + ": " + attempt.observed()));
        out.println(verdict.sentence());
        out.flush();
    }
}
