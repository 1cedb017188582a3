package aether.embedded.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private static final Duration POLL = Duration.ofMillis(20);

    /** Of proc_pid_stat(5), fields 3 and 20, counted from the one after the name. */
    private static final int STATE = 0;

    private static final int THREADS = 17;

    private static final String ZOMBIE = "Z";

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

    /**
     * Waits until the process has ended; false when the bound was reached first. An orphan that nobody reaps counts as
     * ended: the first process of a machine or container may take seconds for it, or never do it.
     */
    public static boolean awaitEnd(ProcessHandle process, Duration bound) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!hasEnded(process)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                process.onExit().get(Math.min(left, POLL.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException unreapedPerhaps) {
                // The loop looks.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return hasEnded(process);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return true;
    }

    /** Whether the process no longer runs, reaped or not. */
    public static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || isUnreaped(process.pid());
    }

    /** Whether the process has ended but its number is still taken, because its parent has not asked how. */
    public static boolean isUnreaped(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The name may hold blanks and brackets; what follows it begins with field 3.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            // A first thread that has ended while others still run holds all the process had, its files and locks too.
            return fields[STATE].equals(ZOMBIE) && Integer.parseInt(fields[THREADS]) <= 1;
        } catch (IOException e) {
            return false; // gone altogether, or a system without /proc
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
