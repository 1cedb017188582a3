package aether.archive.log;

import java.util.Base64;

/**
 * Standard base64 with padding, of which there is one for all bytes: what decodes but is written otherwise is refused.
 */
final class Base64Text {

    private Base64Text() {}

    /**
     * The bytes of a text.
     *
     * @throws IllegalArgumentException when it is not the one text of any bytes
     */
    static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("Expected base64 as it is written, but got '" + text
                    + "', whose last bits nobody would have written.");
        }
        return bytes;
    }
}
