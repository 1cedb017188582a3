package aether.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aether delete}: its subcommand says of what. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "cluster",
        description = "Asks for the end of something.",
        footerHeading = "%nExample:%n",
        footer = "  aether delete cluster acme/shop")
final class DeleteCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected cluster after delete, but got nothing.");
    }
}
