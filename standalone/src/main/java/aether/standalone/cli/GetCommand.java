package aether.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aether get}: lists things; its subcommands say which. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        description = "Lists organizations, clusters, node pools or machines.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aether get clusters                                   every cluster that the token may see",
            "  aether get pools --cluster acme/shop                  the node pools of one cluster",
            "  aether get machines --organization acme -o json       for programs"
        })
final class GetCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected organizations, clusters, pools or machines.");
    }
}
