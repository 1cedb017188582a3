package aether.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Looks for a value in everything that is kept, in every form in which it could lie there uncompressed. */
final class PlainSearch {

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
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                in(directory.relativize(file).toString()).forEach(form -> found.add(form + " in the name of " + file));
                in(latin(Files.readAllBytes(file))).forEach(form -> found.add(form + " in " + file));
            }
        }
        return found;
    }

    /** Whether a text stands in some file below a directory. */
    static boolean stands(String text, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (latin(Files.readAllBytes(file)).contains(text)) {
                    return true;
                }
            }
        }
        return false;
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
