package aether.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aether audit}: its subcommands say what about it. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Works on an audit archive, without a server.",
            "Only exports, subject-report, hold and forget go through the server: exports of an organization, and "
                    + "what the trail knows of a person."
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
                "Expected one of " + String.join(", ", spec.subcommands().keySet()) + " after audit, but got nothing.");
    }
}
