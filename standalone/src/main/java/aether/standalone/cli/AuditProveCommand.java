package aether.standalone.cli;

import aether.archive.ArchivePlace;
import aether.archive.log.TlogProof;
import aether.archive.policy.WitnessPolicy;
import aether.archive.verify.ArchiveProver;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aether audit prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a C2SP tlog-proof that one event is in the log, with the event inside.",
            "Whoever has the proof and the log's key can check it, without the archive. Where witnesses have cosigned a",
            "checkpoint that has the event, it is that checkpoint which is in the proof."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether audit prove --archive data/archive --index 17 --out event-17.tlog-proof",
            "  aether audit prove --archive data/archive --key log.vkey --event-id 0192f0c1-..."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:proved",
            "1:the archive is not readable, damaged, or not signed with the key, or not cosigned as the policy demands",
            ExitCodes.USAGE_TEXT,
            ExitCodes.NOT_FOUND_TEXT
        })
final class AuditProveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveOption archive = new ArchiveOption();

    @Mixin
    private LogKeyOption key = new LogKeyOption();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A witness policy (C2SP tlog-policy) whose quorum must have cosigned.")
    private @Nullable Path policy;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the proof; else it is printed.")
    private @Nullable Path out;

    /** Which event; exactly one of the two is given. */
    private static final class Which {

        @Option(names = "--index", paramLabel = "N", description = "The event's position in the log, from 0.")
        private @Nullable Long index;

        @Option(names = "--event-id", paramLabel = "ID", description = "The event's id; looks the newest up first.")
        private @Nullable String eventId;
    }

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try {
                deliver(prove());
                return ExitCodes.OK;
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw CliFailure.failed(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw CliFailure.failed("Expected to read the archive in %s and to write the proof, but could not: %s."
                        .formatted(archive, e.getMessage()));
            }
        });
    }

    private TlogProof prove() throws IOException {
        try (ArchivePlace.Reading place = archive.place().read()) {
            ArchiveProver prover = ArchiveProver.open(place.archive(), key.read());
            long index = index(prover);
            WitnessPolicy demanded = policy == null ? null : WitnessPolicy.read(policy);
            Optional<TlogProof> cosigned = prover.cosigned(index, demanded);
            if (cosigned.isEmpty() && demanded != null) {
                throw CliFailure.failed(
                        "Expected a checkpoint of more than %d entries under which the policy's quorum".formatted(index)
                                + " stands, but there is none yet.");
            }
            return cosigned.isPresent() ? cosigned.get() : prover.atIndex(index);
        }
    }

    private long index(ArchiveProver prover) throws IOException {
        if (which.eventId != null) {
            return prover.indexOf(which.eventId)
                    .orElseThrow(() -> CliFailure.notFound(
                            "Expected an event with the id %s, but none of the %d entries of the checkpoint has it."
                                    .formatted(which.eventId, prover.size())));
        }
        long index = which.index == null ? -1 : which.index;
        if (index < 0 || index >= prover.size()) {
            throw CliFailure.notFound("Expected --index to be below %d, the checkpoint's size, but got %d."
                    .formatted(prover.size(), index));
        }
        return index;
    }

    private void deliver(TlogProof proof) throws IOException {
        PrintWriter printer = spec.commandLine().getOut();
        if (out == null) {
            printer.print(proof.format());
        } else {
            Files.writeString(out, proof.format());
            printer.println("Entry " + proof.index() + " is in the log. Check it anywhere: aether audit check-proof "
                    + out + " --key FILE");
        }
        printer.flush();
    }
}
