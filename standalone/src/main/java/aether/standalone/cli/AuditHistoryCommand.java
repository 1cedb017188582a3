package aether.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aether audit history}: its subcommand says of what. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "cluster",
        description = "Shows what something was like at a time, from the archive alone.",
        footerHeading = "%nExample:%n",
        footer = "  aether audit history cluster acme/shop --at 2026-11-27T14:00:00Z --archive data/archive")
final class AuditHistoryCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected cluster after history, but got nothing.");
    }
}
