package aether.standalone.cli;

import aether.archive.EpochChange;
import aether.archive.keys.EpochBase;
import aether.archive.seal.SeenCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit new-epoch}. */
@Command(
        name = "new-epoch",
        mixinStandardHelpOptions = true,
        description = {
            "Goes on with an archive that has lost its end for good, while its archiver stands still: a "
                    + "checkpoint that somebody has kept proves that the log was longer.",
            "What is left is verified; a signed base says what it is and what is lost; from there on a new key "
                    + "signs, under a name of the new epoch. The old key never signs again and need not be there. Before "
                    + "this, bring back whatever can be: the store's objects, the topic, the database. After a kill, the "
                    + "same command or the archiver's next start finishes what was begun. The archiver's environment "
                    + "variables count here as well."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit new-epoch --archive data/archive --state data/secrets/archive --reason disaster --reference INC-9"
                    + " \\",
            "    --evidence from-acme.tlog-proof --evidence witness-checkpoint"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the new epoch has begun",
            "1:refused, or not finished; the sentence says why",
            ExitCodes.USAGE_TEXT
        })
final class AuditNewEpochCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveOption archive = new ArchiveOption();

    @Mixin
    private OutputOptions output;

    private final World world;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            required = true,
            description = "The archiver's state directory, where the new key takes the old one's place.")
    private Path state;

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description = {
                "A checkpoint of more entries than are left, signed with the log's key, or a proof (.tlog-proof) with one;",
                "may be repeated. The largest counts, the archive's live checkpoint among them."
            })
    private List<Path> evidence = List.of();

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            required = true,
            description = "disaster, store-failure, operator-error or other.")
    private String reason;

    @Option(
            names = "--reference",
            paramLabel = "CASE",
            description = "The number of a case. It stays in the archive for ever, so it is never a name.")
    private String reference = "";

    AuditNewEpochCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try {
                tell(new EpochChange(System.getenv(), archive.toString(), state, world.clock(), new SecureRandom())
                        .perform(evidence(), reason, reference));
                return ExitCodes.OK;
            } catch (IllegalArgumentException | IllegalStateException | IOException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            }
        });
    }

    private List<SeenCheckpoint> evidence() throws IOException {
        List<SeenCheckpoint> seen = new ArrayList<>();
        for (Path file : evidence) {
            try {
                seen.add(SeenCheckpoint.parse(file.toString(), Files.readString(file)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Expected a checkpoint or a proof in " + file + ", but it is neither. " + e.getMessage(), e);
            }
        }
        return seen;
    }

    private void tell(EpochBase base) {
        Printer printer = output.printer(spec);
        printer.say(base.sentence());
        printer.say("The base %s is signed with the new key; hand it out to everybody who has the old one:"
                .formatted(base.object()));
        printer.say(base.to().vkey());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("epoch", base.epoch());
        fields.put("size", base.size());
        fields.put("root", base.root().base64());
        fields.put("witnessed_size", base.witnessed().size());
        fields.put("witnessed_root", base.witnessed().root().base64());
        fields.put("from", base.from().vkey());
        fields.put("to", base.to().vkey());
        fields.put("base", base.object());
        printer.one(fields);
    }
}
