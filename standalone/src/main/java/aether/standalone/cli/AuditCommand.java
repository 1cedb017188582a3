package aether.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aether audit}: its subcommands say what about it. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel =
                "(verify | prove | check-proof | export | watch | witness | cosign | probe | replay | history | prune | hold-entries | forget | hold | subject-report | exports)",
        description = {
            "Works on an audit archive, without a server: verify, prove, check-proof, export, watch, witness, cosign,",
            "probe, replay, history, prune, hold-entries.",
            "Or through the server: exports of an organization; what the trail knows of a person: subject-report, hold, forget."
        },
        footerHeading = "%nExample:%n",
        footer = "  aether audit verify --archive data/archive --key log.vkey")
final class AuditCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Expected verify, prove, check-proof, export, watch, witness, cosign, probe, replay, history, prune,"
                        + " hold-entries, forget, hold, subject-report or exports"
                        + " after audit, but got nothing.");
    }
}
