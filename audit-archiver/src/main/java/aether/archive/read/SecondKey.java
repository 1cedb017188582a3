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

    /** Where it lies in an archive: beside the log's first key. */
    public static final String OBJECT = object(0);

    private static final Pattern TEXT = Pattern.compile("(\\S+)\nfrom (0|[1-9]\\d{0,18})\n");

    /** Where it lies when it was taken while the log's key of this number signed. */
    public static String object(int number) {
        return "keys/" + number + ".ml-dsa-44.vkey";
    }

    /**
     * Reads the object.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static SecondKey parse(byte[] object) {
        Matcher text = TEXT.matcher(new String(object, StandardCharsets.UTF_8));
        if (!text.matches()) {
            throw new IllegalArgumentException(
                    "Expected a vkey line and a line 'from SIZE' of an ML-DSA-44 key, but it holds something else.");
        }
        return new SecondKey(CosignerKey.parse(text.group(1)), Long.parseLong(text.group(2)));
    }

    /** The object. */
    public byte[] encode() {
        return (key.vkey() + "\nfrom " + from + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
