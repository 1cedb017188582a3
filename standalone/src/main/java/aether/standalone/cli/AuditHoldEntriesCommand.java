package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.log.TilePath;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit hold-entries}. */
@Command(
        name = "hold-entries",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a legal hold on the objects that entries lie in: they stay beyond the end of their retention, "
                    + "with all entries after them, until the hold is lifted.",
            "For persons there is 'aether audit hold'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit hold-entries --archive data/archive --from-position 512 --to-position 1024",
            "  aether audit hold-entries --archive s3://audit --from-position 512 --to-position 1024 --lift"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.FAILED_TEXT, ExitCodes.USAGE_TEXT})
final class AuditHoldEntriesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveOption archive = new ArchiveOption();

    @Option(names = "--from-position", paramLabel = "N", required = true, description = "The first entry.")
    private long from;

    @Option(names = "--to-position", paramLabel = "N", required = true, description = "The entry after the last.")
    private long to;

    @Option(names = "--lift", description = "Take the hold off.")
    private boolean lift;

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            if (from < 0 || to <= from) {
                throw CliFailure.usage("Expected a range of positions, but got " + from + " to " + to + ".");
            }
            try (ArchivePlace.Kept kept = archive.place().keep()) {
                long first = from / TilePath.FULL;
                long last = (to - 1) / TilePath.FULL;
                for (long bundle = first; bundle <= last; bundle++) {
                    String object = TilePath.entries(bundle, TilePath.FULL).path();
                    if (!kept.worm().exists(object)) {
                        throw CliFailure.failed("Expected complete bundles, but " + object
                                + " is not there: it is gone, or not yet full; the newest entries are locked anyway.");
                    }
                    if (lift) {
                        kept.custody().lift(object);
                    } else {
                        kept.custody().hold(object);
                    }
                }
                spec.commandLine()
                        .getOut()
                        .println("Entries " + first * TilePath.FULL + " to " + ((last + 1) * TilePath.FULL - 1)
                                + (lift ? " are under no legal hold any more." : " are under a legal hold."));
                return ExitCodes.OK;
            } catch (IllegalArgumentException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw CliFailure.failed("Expected to reach %s, but could not: %s.".formatted(archive, e.getMessage()));
            }
        });
    }
}
