package aether.standalone;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Looks for a value in everything that is kept, in every form in which it could lie there; zips are looked into. */
final class PlainSearch {

    private static final String ZIP_MAGIC = "PK\u0003\u0004";

    private final Map<String, String> forms = new LinkedHashMap<>();

    PlainSearch(List<String> values) {
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            forms.put(value + " as it is", latin(bytes));
            forms.put(value + " in UTF-16", latin(value.getBytes(StandardCharsets.UTF_16LE)));
            forms.put(value + " in hex", HexFormat.of().formatHex(bytes));
            forms.put(
                    value + " in upper-case hex", HexFormat.of().withUpperCase().formatHex(bytes));
            forms.put(value + " backwards", new StringBuilder(value).reverse().toString());
            for (int before = 0; before < 3; before++) {
                forms.put(value + " in base64 after " + before, base64(bytes, before, Base64.getEncoder()));
                forms.put(value + " in base64url after " + before, base64(bytes, before, Base64.getUrlEncoder()));
            }
        }
    }

    /** What is found in a text or in bytes read as Latin-1: the form, once each. */
    List<String> in(String latin) {
        return forms.entrySet().stream()
                .filter(form -> latin.contains(form.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is found in the files below a directory, and in their names. */
    List<String> below(Path directory) throws IOException {
        List<String> found = new ArrayList<>();
        visit(directory, (file, content) -> {
            in(directory.relativize(file).toString()).forEach(form -> found.add(form + " in the name of " + file));
            in(content).forEach(form -> found.add(form + " in " + file));
        });
        return found;
    }

    /** Whether a text stands in some file below a directory. */
    static boolean stands(String text, Path directory) throws IOException {
        AtomicBoolean stands = new AtomicBoolean();
        visit(directory, (file, content) -> stands.compareAndSet(false, content.contains(text)));
        return stands.get();
    }

    /** Reads every file; one that went away meanwhile is one that nobody keeps. */
    private static void visit(Path directory, BiConsumer<Path, String> reader) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    try {
                        byte[] bytes = Files.readAllBytes(file);
                        reader.accept(file, latin(bytes));
                        unpack(file, bytes, reader);
                    } catch (NoSuchFileException e) {
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    /** Hands out every entry of a zip, and of zips in it, under its name within the zip. */
    private static void unpack(Path file, byte[] bytes, BiConsumer<Path, String> reader) throws IOException {
        if (bytes.length < ZIP_MAGIC.length() || !latin(bytes).startsWith(ZIP_MAGIC)) {
            return;
        }
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path name = Path.of(file + "!", entry.getName());
                byte[] content = zip.readAllBytes();
                reader.accept(name, latin(content));
                unpack(name, content, reader);
            }
        }
    }

    /** The middle of the encoding, which does not depend on what stands around the value but for how many bytes. */
    private static String base64(byte[] bytes, int before, Base64.Encoder encoder) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String whole = encoder.withoutPadding().encodeToString(shifted);
        int from = before == 0 ? 0 : before + 1;
        return whole.substring(from, shifted.length * 8 / 6);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return forms.keySet().toString().toLowerCase(Locale.ROOT);
    }
}
