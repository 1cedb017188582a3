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
import java.util.List;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** A zip whose bytes follow from its files alone: sorted, all of one time. Several files are compressed at a time. */
final class ReproducibleZip {

    /** The first time that a zip can tell. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** So many files are compressed before they are written; most are tiles, 8 KiB each. */
    private static final int AT_A_TIME = 256;

    private ReproducibleZip() {}

    /** How every file in it is compressed: more would be most of an export's time, for a fifth less. */
    static Deflater deflater() {
        return new Deflater(Deflater.BEST_SPEED, true);
    }

    /** Writes the files of an export, in the order of their names, beside the target and then in its place. */
    static void write(Workplace workplace, Path target) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(unfinished)) {
                List<String> names = List.copyOf(workplace.names());
                for (int from = 0; from < names.size(); from += AT_A_TIME) {
                    write(workplace, names.subList(from, Math.min(names.size(), from + AT_A_TIME)), zip);
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

    private static void write(Workplace workplace, List<String> names, ZipArchiveOutputStream zip) throws IOException {
        List<ZippedFile> files =
                names.parallelStream().map(name -> zipped(workplace, name)).toList();
        for (int i = 0; i < files.size(); i++) {
            ZippedFile file = files.get(i);
            ZipArchiveEntry entry = new ZipArchiveEntry(names.get(i));
            entry.setMethod(ZipArchiveEntry.DEFLATED);
            entry.setTimeLocal(TIME);
            entry.setCrc(file.crc());
            entry.setSize(file.bytes());
            entry.setCompressedSize(file.deflatedBytes());
            try (InputStream deflated = file.deflated().open()) {
                zip.addRawArchiveEntry(entry, deflated);
            }
        }
    }

    private static ZippedFile zipped(Workplace workplace, String name) {
        try {
            return workplace.zipped(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
