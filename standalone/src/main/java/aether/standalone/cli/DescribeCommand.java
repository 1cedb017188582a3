package aether.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aether describe}: its subcommand says of what. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "cluster",
        description = "Shows one thing with everything that belongs to it.",
        footerHeading = "%nExample:%n",
        footer = "  aether describe cluster acme/shop")
final class DescribeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected cluster after describe, but got nothing.");
    }
}
