package aether.archive.export;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts that must all be in an entry; ids are ASCII, so they stand in the JSON as they are. */
final class Needles {

    private final List<byte[]> needles;

    Needles(List<String> texts) {
        needles = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    boolean areIn(byte[] entry) {
        for (byte[] needle : needles) {
            if (!isIn(needle, entry)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(byte[] needle, byte[] entry) {
        for (int start = 0; start <= entry.length - needle.length; start++) {
            int at = 0;
            while (at < needle.length && entry[start + at] == needle[at]) {
                at++;
            }
            if (at == needle.length) {
                return true;
            }
        }
        return false;
    }
}
