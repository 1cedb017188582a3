package aether.standalone;

import aether.standalone.cli.ClientCommands;
import aether.standalone.cli.World;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line; everything it can do is a subcommand. */
@Command(
        name = "aether",
        mixinStandardHelpOptions = true,
        versionProvider = Aether.Version.class,
        subcommands = {QuickstartCommand.class, UpCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Turns a tenant manifest into a running Kubernetes cluster, and keeps proof of who did what to it.",
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  aether quickstart            one tenant from manifest to sealed archive",
            "  aether up                    the same platform, until Ctrl-C",
            "  aether COMMAND --help        what a command does, with examples"
        })
public final class Aether implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return ClientCommands.addTo(new CommandLine(new Aether()), World.ofProcess());
    }

    /** Without a subcommand there is nothing to do but to teach. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected a command, but got none.");
    }

    /** The version of the jar this class came in. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Aether.class.getPackage().getImplementationVersion();
            return new String[] {"aether " + (version == null ? "(not built)" : version)};
        }
    }
}
