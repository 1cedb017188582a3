package aether.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import aether.archive.log.TlogProof;
import aether.archive.log.VerifierKey;
import aether.archive.policy.Cosigned;
import aether.archive.policy.WitnessPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aether audit check-proof}. */
@Command(
        name = "check-proof",
        mixinStandardHelpOptions = true,
        description =
                "Checks a C2SP tlog-proof with nothing but the proof, the log's key and, if you have one, a policy.",
        footerHeading = "%nExample:%n",
        footer = {
            "  aether audit check-proof event-17.tlog-proof --key log.vkey",
            "  aether audit check-proof event-17.tlog-proof --policy auditors.policy",
            "  aether audit check-proof event-17.tlog-proof --key first.vkey --statement archive/keys/1.statement"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:proved; the entry is printed",
            "1:not proved, or not cosigned as the policy demands",
            ExitCodes.USAGE_TEXT
        })
final class AuditCheckProofCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PROOF", description = "The .tlog-proof file.")
    private Path proof;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = {
                "The file with the log's public key (a vkey line), from elsewhere than the proof; not needed with a",
                "policy that names the log."
            })
    private @Nullable Path key;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A witness policy (C2SP tlog-policy) whose quorum must have cosigned the proof's checkpoint.")
    private @Nullable Path policy;

    @Mixin
    private StatementOption statements = new StatementOption();

    @Option(
            names = "--entry",
            paramLabel = "FILE",
            description = "The entry's exact bytes, for a proof that does not carry them.")
    private @Nullable Path entry;

    @Override
    public Integer call() {
        return Running.of(spec, () -> {
            try {
                WitnessPolicy demanded = policy == null ? null : WitnessPolicy.read(policy);
                TlogProof claim = TlogProof.parse(Files.readString(proof));
                return check(claim, KeyChain.of(log(claim, demanded), statements.read()), demanded);
            } catch (IllegalArgumentException e) {
                throw CliFailure.failed("Not proved. " + e.getMessage());
            } catch (IOException e) {
                throw CliFailure.failed(
                        "Expected to read the proof and the key, but could not: " + e.getMessage() + ".");
            }
        });
    }

    private VerifierKey log(TlogProof claim, @Nullable WitnessPolicy demanded) throws IOException {
        if (key != null) {
            return VerifierKey.parse(Files.readString(key));
        }
        String origin = claim.promised().origin();
        return Optional.ofNullable(demanded)
                .flatMap(named -> named.log(origin))
                .orElseThrow(() -> CliFailure.usage(
                        "Expected --key, or a --policy with a line 'log' for " + origin + ", but there is neither."));
    }

    private int check(TlogProof claim, KeyChain keys, @Nullable WitnessPolicy demanded) throws IOException {
        byte[] bytes = entry != null
                ? Files.readAllBytes(entry)
                : claim.entry()
                        .orElseThrow(() -> CliFailure.usage(
                                "Expected a proof that carries its entry, but it does not: bring it with --entry."));
        Checkpoint promised = claim.promised();
        SignedNote note = SignedNote.parse(claim.checkpoint());
        VerifierKey log = keys.signer(note, promised)
                .orElseThrow(() -> CliFailure.failed("Not proved: " + keys.refusal("the proof", note, promised)))
                .key();
        if (!claim.proves(bytes, log)) {
            throw CliFailure.failed("Not proved: the owner of " + log.vkey() + " did not promise this entry at index "
                    + claim.index() + ".");
        }
        String witnessed = demanded == null ? "" : witnessed(note, keys, demanded);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Proved: entry " + claim.index() + " of " + promised.origin() + ", at size " + promised.size()
                + ", is");
        out.println(new String(bytes, UTF_8));
        if (!witnessed.isEmpty()) {
            out.println("Witnessed as the policy demands: " + witnessed + ".");
        }
        out.flush();
        return ExitCodes.OK;
    }

    private static String witnessed(SignedNote note, KeyChain keys, WitnessPolicy demanded) {
        if (!demanded.logs().isEmpty() && demanded.logs().stream().noneMatch(log -> keys.holds(log.key()))) {
            throw CliFailure.failed("Not proved: the policy does not name the key of " + keys.origin() + ".");
        }
        Cosigned by = demanded.judge(note);
        if (!by.enough()) {
            throw CliFailure.failed("Not witnessed as the policy demands: " + by.clause() + ".");
        }
        return by.clause();
    }
}
