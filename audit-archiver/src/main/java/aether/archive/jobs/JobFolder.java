package aether.archive.jobs;

import aether.archive.store.DurableFiles;
import aether.archive.store.ExclusiveFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of the jobs: a note and, once it is made, a zip of each. One process has it for itself. */
final class JobFolder implements AutoCloseable {

    private static final String NOTE = ".json";
    private static final String ZIP = ".zip";

    /** What is in them is a customer's. */
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Logger LOG = LoggerFactory.getLogger(JobFolder.class);

    private final Path directory;
    private final ExclusiveFile lock;

    private JobFolder(Path directory, ExclusiveFile lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Takes the directory; what an earlier process left half-done is removed. */
    static JobFolder open(Path directory) throws IOException {
        DurableFiles.createDirectories(directory);
        Files.setPosixFilePermissions(directory, OWNER_ONLY_DIRECTORY);
        return new JobFolder(directory, ExclusiveFile.take(directory.resolve("lock"), "maker of exports here"));
    }

    /** Reads every job, and removes whatever belongs to none of them. */
    List<ExportJob> load() throws IOException {
        List<ExportJob> jobs = new ArrayList<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (Files.isDirectory(file)) {
                removeTree(file); // where an export was being put together
            } else if (name.endsWith(NOTE)) {
                try {
                    jobs.add(ExportJobJson.decode(Files.readAllBytes(file)));
                } catch (IllegalArgumentException e) {
                    LOG.warn("Expected a job in {}, but there is none: {}", file, e.getMessage());
                    Files.delete(file);
                }
            }
        }
        for (Path file : files()) {
            String name = file.getFileName().toString();
            boolean known = jobs.stream()
                    .anyMatch(job -> name.equals(job.id() + NOTE)
                            || (name.equals(job.id() + ZIP) && job.phase() instanceof ExportJob.Ready));
            if (!known && !name.equals("lock")) {
                Files.delete(file);
            }
        }
        return jobs;
    }

    /** Keeps a job's note, durably. */
    void keep(ExportJob job) throws IOException {
        Path note = directory.resolve(job.id() + NOTE);
        Path next = directory.resolve(job.id() + NOTE + ".new");
        DurableFiles.write(next, ExportJobJson.encode(job), OWNER_ONLY);
        DurableFiles.replace(next, note);
    }

    /** Where the job's file is, or will be. */
    Path zip(UUID id) {
        return directory.resolve(id + ZIP);
    }

    void removeZip(UUID id) throws IOException {
        Files.deleteIfExists(zip(id));
    }

    /** The file first: a note without a file says so, a file without a note would lie there until the next start. */
    void remove(UUID id) throws IOException {
        removeZip(id);
        Files.deleteIfExists(directory.resolve(id + NOTE));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void removeTree(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("The lock ends with the process: {}", e.getMessage());
        }
    }
}
