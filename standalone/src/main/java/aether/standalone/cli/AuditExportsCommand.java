package aether.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aether audit exports}: its subcommands say what about them. */
@Command(
        name = "exports",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(order | list | download | delete)",
        description = {
            "Exports of an organization's trail that the server makes: the same zip as 'aether audit export' "
                    + "makes of the archive, for who cannot reach the archive.",
            "They are kept for a week."
        },
        footerHeading = "%nExample:%n",
        footer = "  aether audit exports order acme --reason regular-audit --out acme.zip")
final class AuditExportsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Expected order, list, download or delete after exports, but got nothing.");
    }
}
