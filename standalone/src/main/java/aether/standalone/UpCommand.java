package aether.standalone;

import aether.standalone.cli.ContextFile;
import aether.standalone.cli.World;
import aether.standalone.platform.Part;
import aether.standalone.platform.Platform;
import aether.standalone.platform.PlatformFailure;
import aether.standalone.show.ConsoleStages;
import aether.standalone.show.Terminal;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the platform and stays. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts the whole platform in one process and stays until Ctrl-C.",
            "A second start on the same directory continues where the first was. Writes a context, so that the "
                    + "other commands find it."
        },
        footer = {
            "",
            "Examples:",
            "  aether up",
            "  aether up --data-dir /srv/aether --port 8080",
            "",
            "Exit codes: 0 stopped by Ctrl-C or SIGTERM; 1 it could not start, and a sentence says why."
        })
final class UpCommand implements Callable<Integer> {

    private static final String CONTEXT = "local";

    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        try (ConsoleStages stages = new ConsoleStages(out, Terminal.canOverwrite(System.getenv()))) {
            options.logToFile();
            stages.heading("Starting the platform");
            Platform platform = Platform.start(options.settings(), stages);
            stages.rest();
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
                        out.println();
                        out.println("Stopping ...");
                        platform.close();
                        stopped.countDown();
                    }));
            writeContext(platform);
            describe(out, platform);
            stopped.await();
            return 0;
        } catch (PlatformFailure e) {
            System.err.println("aether up: stage '" + e.stage() + "' failed: " + e.sentence());
            System.err.println("What it did is in " + options.directory().log());
            return 1;
        } catch (UncheckedIOException | IllegalArgumentException e) {
            System.err.println("aether up: the context could not be written: " + e.getMessage());
            return 1;
        }
    }

    /** Lets the client commands find this platform without being told. */
    private static void writeContext(Platform platform) {
        Path file = World.ofProcess().contextFile();
        ContextFile.read(file)
                .with(new ContextFile.Context(
                        CONTEXT,
                        platform.address().toString(),
                        platform.directory().administratorToken().toString(),
                        null))
                .write(file);
    }

    private static void describe(PrintStream out, Platform platform) {
        platform.keepAuditKey();
        out.println();
        out.println("API            " + platform.address());
        out.println(
                "Token          " + platform.directory().administratorToken() + " (the administrator's, mode 0600)");
        out.println("Data           " + platform.directory().root());
        out.println("Audit archive  " + platform.directory().archive());
        out.println();
        out.println("Real:");
        platform.parts().stream().filter(Part::real).forEach(part -> print(out, part));
        out.println("Simulated:");
        platform.parts().stream().filter(part -> !part.real()).forEach(part -> print(out, part));
        out.println();
        out.println("Ready. Try: aether apply -f examples/tenant.yaml   (Ctrl-C stops the platform)");
    }

    private static void print(PrintStream out, Part part) {
        out.println("  " + part.name() + ": " + part.description());
    }
}
