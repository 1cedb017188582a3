package aether.archive.export;

import aether.archive.store.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ParallelScatterZipCreator;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.parallel.FileBasedScatterGatherBackingStore;

/** A zip whose bytes follow from its files alone: sorted, all of one time. Several files are compressed at a time. */
final class ReproducibleZip {

    /** The first time that a zip can tell. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ReproducibleZip() {}

    /** Writes the files of an export, in the order of their names, beside the target and then in its place. */
    static void write(Workplace workplace, Path target) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            ParallelScatterZipCreator creator = new ParallelScatterZipCreator(
                    threads,
                    () -> new FileBasedScatterGatherBackingStore(
                            Files.createTempFile(workplace.directory(), "zip-", ".deflated")),
                    Deflater.BEST_SPEED); // the rest would be most of an export's time, for a fifth less
            for (String name : workplace.names()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(name);
                entry.setMethod(ZipArchiveEntry.DEFLATED);
                entry.setTimeLocal(TIME);
                creator.addArchiveEntry(entry, () -> open(workplace, name));
            }
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(unfinished)) {
                creator.writeTo(zip);
            }
            try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            DurableFiles.replace(unfinished, target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Expected to write " + target + ", but was told to stop.", e);
        } catch (ExecutionException e) {
            throw new IOException("Expected to write " + target + ", but could not: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
            Files.deleteIfExists(unfinished);
        }
    }

    private static InputStream open(Workplace workplace, String name) {
        try {
            return workplace.open(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
