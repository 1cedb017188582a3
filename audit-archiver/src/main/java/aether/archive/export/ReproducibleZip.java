package aether.archive.export;

import aether.archive.store.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip whose bytes follow from its files alone: sorted, all of one time. */
final class ReproducibleZip {

    /** The first time that a zip can tell. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ReproducibleZip() {}

    /** Writes the files below a directory, by names in this order, beside the target and then in its place. */
    static void write(Path directory, List<String> names, Path target) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished));
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.setLevel(Deflater.BEST_SPEED); // the rest would be most of an export's time, for a fifth less
                for (String name : names) {
                    ZipEntry entry = new ZipEntry(name);
                    entry.setTimeLocal(TIME);
                    zip.putNextEntry(entry);
                    Files.copy(directory.resolve(name), zip);
                    zip.closeEntry();
                }
            }
            try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            DurableFiles.replace(unfinished, target);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
