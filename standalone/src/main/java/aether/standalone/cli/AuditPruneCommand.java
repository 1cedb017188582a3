package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.log.Ed25519Signer;
import aether.archive.log.VerifierKey;
import aether.archive.prune.PrunePlan;
import aether.archive.prune.PruneResult;
import aether.archive.prune.Pruner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit prune}. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = {
            "Removes the oldest entries of an archive once all of them were kept for as long as they had to be, "
                    + "and none is under a legal hold.",
            "What is left verifies as before, old proofs stay valid, and a signed statement says what went. Look "
                    + "first with --dry-run, and verify the archive before."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit prune --archive data/archive --key log.vkey --dry-run",
            "  aether audit prune --archive s3://audit --key log.vkey --sign-with state/audit.key"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or nothing may go yet; the sentence says why",
            "1:the archive is not readable, damaged, or not signed with the key",
            ExitCodes.USAGE_TEXT
        })
final class AuditPruneCommand implements Callable<Integer> {

    private final World world;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ArchiveOption archive = new ArchiveOption();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The file with the log's public key (a vkey line).")
    private Path key;

    @Option(names = "--dry-run", description = "Only say what may go.")
    private boolean dryRun;

    @Option(
            names = "--sign-with",
            paramLabel = "FILE",
            description = "The log's present private key, which signs the statement on what was pruned.")
    private @Nullable Path signWith;

    AuditPruneCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            Path signing = signWith;
            if (dryRun == (signing != null)) {
                throw CliFailure.usage(
                        "Expected either --dry-run or --sign-with, but got " + (dryRun ? "both." : "neither."));
            }
            try (ArchivePlace.Reading reading = archive.place().read();
                    ArchivePlace.Kept kept = archive.place().keep()) {
                VerifierKey log = VerifierKey.parse(Files.readString(key));
                Pruner pruner = Pruner.of(
                        reading.archive(),
                        kept.worm(),
                        kept.custody(),
                        log,
                        world.clock().instant());
                PrunePlan plan = pruner.plan();
                tell(plan, signing == null ? null : pruner.prune(plan, Ed25519Signer.parse(Files.readString(signing))));
                return ExitCodes.OK;
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw CliFailure.failed("Expected to prune %s, but could not: %s (%s)."
                        .formatted(archive, e.getMessage(), e.getClass().getSimpleName()));
            }
        });
    }

    private void tell(PrunePlan plan, @Nullable PruneResult result) {
        Printer printer = output.printer(spec);
        printer.say(
                plan.below() > plan.before()
                        ? "Entries %d to %d %s: all were kept for as long as they had to be."
                                .formatted(plan.before(), plan.below() - 1, result == null ? "may go" : "were pruned")
                        : "No more entries may go"
                                + (plan.before() == 0 ? "." : " than those below " + plan.before() + "."));
        printer.say(plan.stopped());
        printer.say(
                result == null
                        ? plan.objects() + " objects would be removed. Nothing was changed."
                        : result.removed() + " objects removed, " + result.kept() + " of them still locked.");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("minimum_index_before", plan.before());
        fields.put("minimum_index", plan.below());
        fields.put("size", plan.size());
        fields.put("objects", plan.objects());
        fields.put("stopped", plan.stopped());
        fields.put("removed", result == null ? 0 : result.removed());
        fields.put("still_locked", result == null ? 0 : result.kept());
        fields.put("dry_run", result == null);
        printer.one(fields);
    }
}
