package aether.command.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The master key in a file that only its owner reads: one line {@code aether-kek-v1 GENERATION HEX} for each generation
 * in force, newest first. It lies outside the database and the archive; a backup of it undoes what was forgotten since.
 */
public final class FileMasterKey implements MasterKey {

    private static final Pattern LINE = Pattern.compile("aether-kek-v1 ([1-9][0-9]{0,8}) ([0-9a-f]{64})");

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    private final IntFunction<byte[]> random;

    private volatile List<AesGeneration> generations;

    private FileMasterKey(Path file, IntFunction<byte[]> random) {
        this.file = file;
        this.random = random;
        this.generations = read(file);
    }

    /**
     * Reads the file.
     *
     * @throws IllegalStateException when others may read it, or it has not the form
     */
    public static FileMasterKey open(Path file, IntFunction<byte[]> random) {
        return new FileMasterKey(file, random);
    }

    /** Makes the file, with a first generation; two processes that start together get one file. */
    public static FileMasterKey create(Path file, IntFunction<byte[]> random) {
        Path made =
                file.resolveSibling(file.getFileName() + "." + HexFormat.of().formatHex(random.apply(Long.BYTES)));
        try {
            write(made, List.of(new AesGeneration(1, random.apply(AesGeneration.KEY_BYTES))));
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException e) {
            // the other process was first, and its file is the one
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to make key file " + file + ", but could not", e);
        } finally {
            delete(made);
        }
        return open(file, random);
    }

    @Override
    public List<Generation> inForce() {
        return List.copyOf(generations);
    }

    @Override
    public void refresh() {
        generations = read(file);
    }

    @Override
    public void begin() {
        List<AesGeneration> more = new ArrayList<>(read(file));
        more.addFirst(new AesGeneration(more.getFirst().number() + 1, random.apply(AesGeneration.KEY_BYTES)));
        replace(more);
    }

    @Override
    public void endOlder() {
        replace(read(file).subList(0, 1));
    }

    private void replace(List<AesGeneration> next) {
        Path written = file.resolveSibling(file.getFileName() + ".next");
        try {
            write(written, next);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to replace key file " + file + ", but could not", e);
        }
        generations = List.copyOf(next);
    }

    private static List<AesGeneration> read(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER_ONLY.containsAll(permissions)) {
                throw new IllegalStateException("Expected key file " + file
                        + " to be for its owner only (0600), but it is " + PosixFilePermissions.toString(permissions)
                        + ".");
            }
            List<AesGeneration> generations = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                Matcher form = LINE.matcher(line);
                if (!form.matches()) {
                    throw new IllegalStateException("Expected lines 'aether-kek-v1 GENERATION HEX' in " + file
                            + ", but line " + (generations.size() + 1) + " is another.");
                }
                generations.add(new AesGeneration(
                        Integer.parseInt(form.group(1)), HexFormat.of().parseHex(form.group(2))));
            }
            if (generations.isEmpty()) {
                throw new IllegalStateException("Expected a key in " + file + ", but it is empty.");
            }
            return generations;
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read key file " + file + ", but could not", e);
        }
    }

    /** Written anew and flushed: what was there under that name is a leftover of a kill. */
    private static void write(Path target, List<AesGeneration> generations) throws IOException {
        StringBuilder text = new StringBuilder();
        for (AesGeneration generation : generations) {
            text.append("aether-kek-v1 ")
                    .append(generation.number())
                    .append(' ')
                    .append(generation.hex())
                    .append('\n');
        }
        Files.deleteIfExists(target);
        try (FileChannel channel = FileChannel.open(
                target,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to delete " + file + ", but could not", e);
        }
    }
}
