package aether.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aether audit hold}: its subcommands say what about it. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(place | lift)",
        description = "Forbids to forget a person while a case is open, or allows it again.",
        footerHeading = "%nExample:%n",
        footer = "  aether audit hold place --user acme/mia --reference case-17 --reason litigation")
final class AuditHoldCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected place or lift after hold, but got nothing.");
    }
}
