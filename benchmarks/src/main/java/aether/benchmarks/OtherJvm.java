package aether.benchmarks;

import aether.store.schema.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second JVM of a benchmark, spoken to by lines: what it should do goes in, what it saw comes out. */
final class OtherJvm implements AutoCloseable {

    private static final long END_SECONDS = 10;

    private final Process process;

    private final PrintStream in;

    private final BufferedReader out;

    private OtherJvm(Process process) {
        this.process = process;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts this program again under another name; the password goes through the pipe, not the command line. */
    static OtherJvm start(String name, DatabaseSettings database, String... more) throws IOException {
        OtherJvm other = new OtherJvm(new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Benchmarks.class.getName(),
                        name))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        other.say(database.url());
        other.say(database.user());
        other.say(database.password());
        for (String line : more) {
            other.say(line);
        }
        return other;
    }

    /** The settings that {@link #start} sent, read in the other JVM. */
    static DatabaseSettings database(BufferedReader input) throws IOException {
        return new DatabaseSettings(line(input), line(input), line(input));
    }

    static String line(BufferedReader input) throws IOException {
        String line = input.readLine();
        if (line == null) {
            throw new IOException("Expected another line, but the other process ended");
        }
        return line;
    }

    static BufferedReader input() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    void say(String line) {
        in.println(line);
    }

    String hear() {
        try {
            return line(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        in.close(); // the other JVM ends when its input does
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
