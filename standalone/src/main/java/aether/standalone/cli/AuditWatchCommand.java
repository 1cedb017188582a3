package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.log.Cosigner;
import aether.archive.log.VerifierKey;
import aether.archive.witness.Observation;
import aether.archive.witness.Witness;
import aether.archive.witness.WitnessMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit watch}. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Watches a log from outside, best on another machine: remembers its newest checkpoint, demands that "
                    + "every later one begins with it, cosigns what does (C2SP tlog-cosignature) and ends with an alarm at "
                    + "a rollback or a fork."
        },
        footerHeading = "%nExample:%n",
        footer =
                "  aether audit watch --archive /mnt/archive --key log.vkey --name witness.example.com/w1 --state ~/.witness",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:one look, and nothing is wrong (--once)",
            "1:rollback, fork or nothing readable; evidence is in the state directory",
            ExitCodes.USAGE_TEXT
        })
final class AuditWatchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveOption archive = new ArchiveOption();

    @Mixin
    private WitnessOptions witness = new WitnessOptions();

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How often it looks; default: ${DEFAULT-VALUE}.")
    private int every;

    @Option(names = "--once", description = "Look once.")
    private boolean once;

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            if (every < 1) {
                throw CliFailure.usage("Expected --every to be at least 1 second, but got " + every + ".");
            }
            try {
                return watch();
            } catch (IllegalArgumentException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw CliFailure.failed("Expected to read the archive in %s and to write %s, but could not: %s (%s)."
                        .formatted(
                                archive,
                                witness.state(),
                                e.getMessage(),
                                e.getClass().getSimpleName()));
            }
        });
    }

    private int watch() throws IOException, InterruptedException {
        VerifierKey log = witness.log();
        try (WitnessMemory memory = witness.memory();
                ArchivePlace.Reading place = archive.place().read()) {
            Cosigner cosigner = witness.cosigner();
            Witness observer = new Witness(log, cosigner, memory, InstantSource.system());
            PrintWriter out = spec.commandLine().getOut();
            out.println("Witness key: " + cosigner.key().vkey());
            while (true) {
                switch (observer.look(place.archive())) {
                    case Observation.Grown grown ->
                        out.println("Cosigned: " + log.name() + " grew from " + grown.from() + " to " + grown.to()
                                + " entries.");
                    case Observation.NewKey changed -> {
                        out.println("New key: " + log.name() + " is signed with " + changed.to() + " from size "
                                + changed.size() + " on; " + changed.from().idHex() + " says so too.");
                        out.flush();
                        continue; // what the new one has signed comes next
                    }
                    case Observation.Unchanged unchanged -> {
                        if (once) {
                            out.println("Unchanged: " + log.name() + " has " + unchanged.size() + " entries.");
                        }
                    }
                    case Observation.Alarm alarm -> {
                        spec.commandLine().getErr().println("ALARM: " + alarm.sentence());
                        return ExitCodes.FAILED;
                    }
                }
                out.flush();
                if (once) {
                    return ExitCodes.OK;
                }
                Thread.sleep(Duration.ofSeconds(every));
            }
        }
    }
}
