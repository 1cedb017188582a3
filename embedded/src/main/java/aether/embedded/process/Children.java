package aether.embedded.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** How child processes are begun apart from our terminal and waited for with a bound. */
public final class Children {

    private Children() {}

    /**
     * A prefix that puts a child into a session of its own, so that Ctrl-C reaches us alone and we stop it in order.
     */
    public static List<String> ownSession() {
        return onPath("setsid").map(found -> List.of(found.toString())).orElse(List.of());
    }

    /** Where a program of this name is found on the path. */
    public static Optional<Path> onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Waits until the process has ended; false when the bound was reached first. */
    public static boolean awaitEnd(ProcessHandle process, Duration bound) {
        try {
            process.onExit().get(bound.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process ids whose working directory is {@code directory}; empty where the system does not tell. */
    public static List<ProcessHandle> workingIn(Path directory) {
        Path processes = Path.of("/proc");
        if (!Files.isDirectory(processes)) {
            return List.of();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> worksIn(processes.resolve(Long.toString(process.pid())), directory))
                .toList();
    }

    private static boolean worksIn(Path process, Path directory) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(directory);
        } catch (IOException e) {
            return false; // ended meanwhile, or another user's
        }
    }
}
