package aether.archive.read;

import aether.archive.log.CosignerKey;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log's ML-DSA-44 key, and from where on it signs: a log that began on a platform without it has older checkpoints.
 *
 * @param key the public key, under the log's name
 * @param from every checkpoint of more entries than this has its line
 */
public record SecondKey(CosignerKey key, long from) {

    /** Where it lies in an archive. */
    public static final String OBJECT = "keys/0.ml-dsa-44.vkey";

    private static final Pattern TEXT = Pattern.compile("(\\S+)\nfrom (0|[1-9]\\d{0,18})\n");

    /**
     * Reads the object.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static SecondKey parse(byte[] object) {
        Matcher text = TEXT.matcher(new String(object, StandardCharsets.UTF_8));
        if (!text.matches()) {
            throw new IllegalArgumentException(
                    "Expected a vkey line and a line 'from SIZE' in " + OBJECT + ", but it holds something else.");
        }
        return new SecondKey(CosignerKey.parse(text.group(1)), Long.parseLong(text.group(2)));
    }

    /** The object. */
    public byte[] encode() {
        return (key.vkey() + "\nfrom " + from + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
