package aether.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code aether} command as a process of its own, to be watched and killed. */
final class PlatformProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    private PlatformProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it with the class path of this test. */
    static PlatformProcess start(Path output, Path configFile, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "aether.standalone.Aether"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("AXONIQ_UPDATE_CHECKER_DISABLED", "true");
        builder.environment().put("AETHER_CONFIG", configFile.toString());
        return new PlatformProcess(builder.start(), output);
    }

    /** Everything it has printed, of earlier lives on the same file too. */
    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it ended within the bound. */
    boolean ends(Duration bound) throws InterruptedException {
        return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    int exitCode() {
        return process.exitValue();
    }

    /** {@code kill -9} of the JVM alone; its children live on for as long as they like. */
    void killAlone() {
        process.destroyForcibly();
    }

    /** {@code kill -9} of the JVM and of everything it started. */
    void killEverything() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    /** {@code kill -9} of the database server and its backends. */
    void killPostgres() {
        process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/postgres"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Asks it to stop, as Ctrl-C does. */
    void stop() {
        process.destroy();
    }

    @Override
    public void close() {
        killEverything();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
