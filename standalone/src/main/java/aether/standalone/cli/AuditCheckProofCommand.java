package aether.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.SignedNote;
import aether.archive.log.TlogProof;
import aether.archive.log.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        description = "Checks a C2SP tlog-proof with nothing but the proof and the log's key.",
        footerHeading = "%nExample:%n",
        footer = {
            "  aether audit check-proof event-17.tlog-proof --key log.vkey",
            "  aether audit check-proof event-17.tlog-proof --key first.vkey --statement archive/keys/1.statement"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:proved; the entry is printed", "1:not proved", ExitCodes.USAGE_TEXT})
final class AuditCheckProofCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PROOF", description = "The .tlog-proof file.")
    private Path proof;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The file with the log's public key (a vkey line), from elsewhere than the proof.")
    private Path key;

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
                KeyChain keys = KeyChain.of(VerifierKey.parse(Files.readString(key)), statements.read());
                return check(TlogProof.parse(Files.readString(proof)), keys);
            } catch (IllegalArgumentException e) {
                throw CliFailure.failed("Not proved. " + e.getMessage());
            } catch (IOException e) {
                throw CliFailure.failed(
                        "Expected to read the proof and the key, but could not: " + e.getMessage() + ".");
            }
        });
    }

    private int check(TlogProof claim, KeyChain keys) throws IOException {
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
        PrintWriter out = spec.commandLine().getOut();
        out.println("Proved: entry " + claim.index() + " of " + promised.origin() + ", at size " + promised.size()
                + ", is");
        out.println(new String(bytes, UTF_8));
        out.flush();
        return ExitCodes.OK;
    }
}
