package aether.archive.store;

import java.util.regex.Pattern;

/** The names objects may have: plain segments, so that no key can leave the archive or meet the store's own files. */
public final class ObjectKey {

    /** S3 allows 1,024 bytes; ours are below 80. */
    private static final int MAX_LENGTH = 200;

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-zA-Z0-9._-]*(/[a-zA-Z0-9][a-zA-Z0-9._-]*)*");

    private ObjectKey() {}

    /** The key itself, when it is one. */
    public static String require(String key) {
        if (key.length() > MAX_LENGTH || !SHAPE.matcher(key).matches()) {
            throw new IllegalArgumentException("Expected a key such as tile/0/000, but got " + key + ".");
        }
        return key;
    }
}
