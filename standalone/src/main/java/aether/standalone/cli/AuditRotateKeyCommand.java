package aether.standalone.cli;

import aether.archive.KeyRotation;
import aether.archive.keys.KeyStatement;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit rotate-key}. */
@Command(
        name = "rotate-key",
        mixinStandardHelpOptions = true,
        description = {
            "Hands the archive's log over to a new key, while its archiver stands still: both keys sign a "
                    + "statement that stays in the archive, and the old private key is gone.",
            "Whoever has an earlier public key verifies on with it. After a kill, the same command or the "
                    + "archiver's next start finishes what was begun. The change is entered into the event log when the "
                    + "archiver runs again. The archiver's environment variables count here as well."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit rotate-key --archive data/archive --state data/secrets/archive --reason scheduled",
            "  aether audit rotate-key --archive s3://audit --state /var/lib/archiver --reason exposed --reference INC-7"
                    + " --prepare"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the new key signs, or with --prepare waits",
            "1:refused, or not finished; the sentence says why",
            ExitCodes.USAGE_TEXT
        })
final class AuditRotateKeyCommand implements Callable<Integer> {

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
            description = "The archiver's state directory, with its key.")
    private Path state;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            required = true,
            description = "scheduled, exposed, personnel-change or other.")
    private String reason;

    @Option(
            names = "--reference",
            paramLabel = "CASE",
            description = "The number of a case. It stays in the trail for ever, so it is never a name.")
    private String reference = "";

    @Option(
            names = "--prepare",
            description = {
                "Only make the next key: for several archivers of one log, which all need the same. The one that opens",
                "the log next hands it over."
            })
    private boolean prepare;

    AuditRotateKeyCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try {
                KeyRotation rotation =
                        new KeyRotation(System.getenv(), archive.toString(), state, world.clock(), new SecureRandom());
                if (prepare) {
                    rotation.prepare(reason, reference);
                    tellPrepared(rotation.next());
                } else {
                    tell(rotation.perform(reason, reference));
                }
                return ExitCodes.OK;
            } catch (IllegalArgumentException | IllegalStateException | IOException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            }
        });
    }

    private void tellPrepared(Path next) {
        Printer printer = output.printer(spec);
        printer.say("The next key waits in " + next + ".");
        printer.say(
                "Put the same file beside the key of every archiver of this log (mode 0600), then start the one that"
                        + " seals again.");
        printer.one(Map.of("next", next.toString()));
    }

    private void tell(KeyStatement statement) {
        Printer printer = output.printer(spec);
        printer.say(
                "The log %s is signed with a new key from size %d on:".formatted(statement.origin(), statement.size()));
        printer.say(statement.to().vkey());
        printer.say("The old key %s is gone. Both have signed %s."
                .formatted(statement.from().idHex(), statement.object()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", statement.number());
        fields.put("size", statement.size());
        fields.put("root", statement.root().base64());
        fields.put("from", statement.from().vkey());
        fields.put("to", statement.to().vkey());
        fields.put("statement", statement.object());
        printer.one(fields);
    }
}
