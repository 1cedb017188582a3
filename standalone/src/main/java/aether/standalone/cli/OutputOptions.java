package aether.standalone.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command prints. */
final class OutputOptions {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (for people), json or yaml (for programs); default: ${DEFAULT-VALUE}.")
    private Printer.Format format;

    Printer printer(CommandSpec spec) {
        return new Printer(spec.commandLine().getOut(), format);
    }
}
