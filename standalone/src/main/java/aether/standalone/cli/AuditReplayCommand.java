package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.intake.TopicTail;
import aether.archive.read.ArchiveReader;
import aether.archive.verify.PromisedEntries;
import aether.standalone.platform.DataDirectory;
import aether.standalone.platform.PlatformFailure;
import aether.standalone.platform.Recovery;
import aether.standalone.replay.KafkaTail;
import aether.standalone.replay.Replay;
import aether.standalone.replay.ReplayReport;
import aether.standalone.replay.Until;
import aether.store.restore.LogNotEmptyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
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

/** {@code aether audit replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the event log and every view again, from the archive alone, in a data directory without a log.",
            "What is stored is read back and hashed: nothing is kept unless it gives the signed root.",
            "'aether up --data-dir DIR' then goes on with it, where the directory has the archiver's key and state."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit replay --archive data/archive --key log.vkey --data-dir data",
            "  aether audit replay --archive s3://audit --key log.vkey --data-dir /tmp/then --until 2026-11-27T14:00:00Z"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:restored, and proved equal",
            "1:refused or failed, and nothing was kept; the sentence says why",
            ExitCodes.USAGE_TEXT
        })
final class AuditReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveOption archive = new ArchiveOption();

    @Mixin
    private OutputOptions output;

    @Mixin
    private LogKeyOption key = new LogKeyOption();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            required = true,
            description = "Where to: a directory of 'aether up' that has lost its database, or an empty one.")
    private Path directory;

    @Option(
            names = "--until",
            paramLabel = "POSITION|TIME",
            description = {
                "The last event to restore, by position or by the time it was recorded; default: all.",
                "Such a log is for looking at: 'aether up' does not go on from it."
            })
    private @Nullable String until;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = {
                "Where the topic is whose events beyond the archive are restored too; default: the Kafka of the data",
                "directory, if that is still there."
            })
    private @Nullable String kafka;

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            Until wanted = until();
            try (ArchivePlace.Reading place = archive.place().read();
                    ProgressLine progress =
                            ProgressLine.onTerminal(spec.commandLine().getErr())) {
                PromisedEntries promised = PromisedEntries.of(place.archive(), key.read());
                run(place.archive(), promised, wanted, progress);
                return ExitCodes.OK;
            } catch (PlatformFailure e) {
                throw CliFailure.failed(e.stage() + ": " + e.sentence());
            } catch (IllegalArgumentException | IllegalStateException | LogNotEmptyException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            } catch (IOException | SQLException e) {
                throw CliFailure.failed("Expected to read %s and to fill the databases in %s, but could not: %s"
                        .formatted(archive, directory, e.getMessage()));
            }
        });
    }

    private void run(ArchiveReader archive, PromisedEntries promised, Until wanted, ProgressLine progress)
            throws IOException, SQLException {
        try (Recovery recovery = Recovery.open(new DataDirectory(directory))) {
            Runnable mark =
                    wanted instanceof Until.End ? recovery::markWhole : () -> recovery.markPartial(wanted.toString());
            Optional<String> asked = wanted instanceof Until.End
                    ? Optional.ofNullable(kafka).or(recovery::kafka)
                    : Optional.empty(); // whoever looks at the past needs no more than the archive
            Optional<TopicTail> tail = asked.isPresent()
                    ? Optional.of(KafkaTail.read(asked.get(), archive, promised.size()))
                    : Optional.empty();
            Replay replay = new Replay(
                    promised,
                    tail.orElseGet(() -> TopicTail.none(promised.size())),
                    wanted,
                    position -> progress.show("reading entries", position + 1, promised.size()));
            String beyond = tail.map(TopicTail::sentence)
                    .orElse("Kafka was not asked: what was recorded from position " + promised.size()
                            + " on, if anything, is lost.");
            show(replay.into(recovery.log(), recovery.views(), mark), promised.isIndependent(), beyond);
        }
    }

    private Until until() {
        try {
            return until == null ? new Until.End() : Until.parse(until);
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage("--until: " + e.getMessage());
        }
    }

    private void show(ReplayReport report, boolean independent, String beyond) {
        Printer printer = output.printer(spec);
        if (!printer.isTable()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("restored", report.restored());
            fields.put("promised", report.promised());
            fields.put("from_kafka", report.continued());
            fields.put("beyond", beyond);
            fields.put("whole", report.isWhole());
            fields.put("root", report.root().toString());
            fields.put("independent", independent);
            fields.put("views_sha256", report.views().sha256());
            printer.one(fields);
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Restored " + report.restored() + " of " + (report.promised() + report.continued()) + " events"
                + (report.restored() == 0 ? "." : ", positions 0 to " + (report.restored() - 1) + "."));
        if (report.restored() >= report.promised()) {
            out.println("Beyond:  " + beyond);
        }
        out.println("Root:    " + report.root()
                + (report.isWhole()
                        ? (report.continued() == 0
                                        ? ", the signed one"
                                        : "; at " + report.promised() + " the signed one")
                                + ", over the rows as they were read back"
                        : ", of that beginning"));
        if (!independent) {
            out.println(
                    key.isGiven()
                            ? "Key:     of an earlier epoch; bring that of the newest one, and the root is proved too."
                            : "Key:     from the archive itself; bring --key from elsewhere, and the root is proved too.");
        }
        out.println("Views:   sha256 " + report.views().sha256() + ", next position "
                + report.views().nextWanted());
        out.println(
                report.isWhole()
                        ? "Next:    aether up --data-dir " + directory
                        : "Next:    look at it with psql; aether up does not go on from a beginning of a log.");
        out.flush();
    }
}
