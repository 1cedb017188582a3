package aether.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aether events}: its subcommand says of what. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "cluster",
        description = "Shows what happened, in order.",
        footerHeading = "%nExample:%n",
        footer = "  aether events cluster acme/shop")
final class EventsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected cluster after events, but got nothing.");
    }
}
