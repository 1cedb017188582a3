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
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The master key in a file that only its owner reads: one line {@code aether-kek-v1 GENERATION HEX} for each generation
 * that is in force. It lies outside the database and the archive, and its backups must not outlive a promise to forget.
 */
public final class FileMasterKey implements MasterKey {

    private static final int KEY_BYTES = 32;

    private static final Pattern LINE = Pattern.compile("aether-kek-v1 ([1-9][0-9]{0,8}) ([0-9a-f]{64})");

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    private volatile NavigableMap<Integer, byte[]> generations;

    private FileMasterKey(Path file, NavigableMap<Integer, byte[]> generations) {
        this.file = file;
        this.generations = generations;
    }

    /**
     * Reads the file.
     *
     * @throws IllegalStateException when others may read it, or it has not the form
     */
    public static FileMasterKey open(Path file) {
        return new FileMasterKey(file, read(file));
    }

    /** Makes the file, with a first generation; two processes that start together get one file. */
    public static FileMasterKey create(Path file, IntFunction<byte[]> random) {
        Path made =
                file.resolveSibling(file.getFileName() + "." + HexFormat.of().formatHex(random.apply(Long.BYTES)));
        write(made, new TreeMap<>(Map.of(1, random.apply(KEY_BYTES))));
        try {
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException e) {
            // the other process was first, and its file is the one
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to make key file " + file + ", but could not", e);
        } finally {
            delete(made);
        }
        return open(file);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to delete " + file + ", but could not", e);
        }
    }

    @Override
    public int generation() {
        return generations.lastKey();
    }

    @Override
    public byte[] wrap(String keyId, byte[] iv, byte[] secret) {
        byte[] sealed = AesGcm.seal(generations.lastEntry().getValue(), iv, keyId, secret);
        byte[] wrapped = Arrays.copyOf(iv, iv.length + sealed.length);
        System.arraycopy(sealed, 0, wrapped, iv.length, sealed.length);
        return wrapped;
    }

    @Override
    public byte[] unwrap(int generation, String keyId, byte[] wrapped) {
        byte[] key = key(generation);
        return AesGcm.open(
                        key,
                        Arrays.copyOf(wrapped, AesGcm.IV_BYTES),
                        keyId,
                        Arrays.copyOfRange(wrapped, AesGcm.IV_BYTES, wrapped.length))
                .orElseThrow(() -> new IllegalStateException("Expected the wrapped key " + keyId
                        + " to open under generation " + generation + " of " + file + ", but it does not."));
    }

    @Override
    public byte[] index(String text) {
        byte[] key = hmac(generations.lastEntry().getValue(), "aether subject index v1");
        return hmac(key, text);
    }

    /** Another process may have written a newer generation since. */
    private byte[] key(int generation) {
        byte @Nullable [] key = generations.get(generation);
        if (key == null) {
            generations = read(file);
            key = generations.get(generation);
        }
        if (key == null) {
            throw new IllegalStateException("Expected generation " + generation + " of the master key in " + file
                    + ", but it holds " + generations.keySet() + ".");
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected HMAC-SHA-256 in every Java, but it is not in this one", e);
        }
    }

    private static NavigableMap<Integer, byte[]> read(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER_ONLY.containsAll(permissions)) {
                throw new IllegalStateException("Expected key file " + file
                        + " to be for its owner only (0600), but it is " + PosixFilePermissions.toString(permissions)
                        + ".");
            }
            NavigableMap<Integer, byte[]> generations = new TreeMap<>();
            for (String line : Files.readAllLines(file)) {
                Matcher form = LINE.matcher(line);
                if (!form.matches()) {
                    throw new IllegalStateException("Expected lines 'aether-kek-v1 GENERATION HEX' in " + file
                            + ", but line " + (generations.size() + 1) + " is another.");
                }
                generations.put(Integer.valueOf(form.group(1)), HexFormat.of().parseHex(form.group(2)));
            }
            if (generations.isEmpty()) {
                throw new IllegalStateException("Expected a key in " + file + ", but it is empty.");
            }
            return generations;
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read key file " + file + ", but could not", e);
        }
    }

    /** Written beside, flushed, moved: a kill leaves the old file or the new one. */
    private static void write(Path file, NavigableMap<Integer, byte[]> generations) {
        StringBuilder text = new StringBuilder();
        generations.forEach((generation, key) -> text.append("aether-kek-v1 ")
                .append(generation)
                .append(' ')
                .append(HexFormat.of().formatHex(key))
                .append('\n'));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.deleteIfExists(next);
            try (FileChannel channel = FileChannel.open(
                    next,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to write key file " + file + ", but could not", e);
        }
    }
}
