package aether.standalone.cli;

import picocli.CommandLine.Model.CommandSpec;

/** Runs a command's work and turns what ends it early into a sentence and an exit code. */
final class Running {

    private Running() {}

    /** A command's work. */
    interface Work {
        /** Does it; answers what to exit with. */
        int run() throws InterruptedException;
    }

    static int of(CommandSpec spec, Work work) {
        try {
            return work.run();
        } catch (CliFailure e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCodes.FAILED;
        }
    }
}
