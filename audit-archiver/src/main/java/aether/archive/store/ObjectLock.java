package aether.archive.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * The lock on an object.
 *
 * @param mode always {@link #COMPLIANCE}: nobody may shorten it
 * @param until when it ends
 * @param sha256 the hexadecimal SHA-256 of the object it was made for
 */
public record ObjectLock(String mode, Instant until, String sha256) {

    /** The only mode this archive writes: not even an administrator may delete, overwrite or shorten. */
    public static final String COMPLIANCE = "COMPLIANCE";

    private static final int WORDS = 3;

    /** The lock that an object with these bytes gets. */
    static ObjectLock on(byte[] bytes, Instant until) {
        return new ObjectLock(COMPLIANCE, until, ArchiveDirectory.sha256(bytes));
    }

    List<String> words() {
        return List.of(mode, until.toString(), sha256);
    }

    byte[] record() {
        return (String.join("\n", words()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static ObjectLock parse(String key, byte[] record) {
        return parse(key, new String(record, StandardCharsets.UTF_8).lines().toArray(String[]::new));
    }

    static ObjectLock parse(String key, String[] words) {
        if (words.length != WORDS) {
            throw new TamperAlarm("Expected the lock record of " + key + " with mode, time and hash, but it has "
                    + words.length + " parts.");
        }
        try {
            return new ObjectLock(words[0], Instant.parse(words[1]), words[2]);
        } catch (DateTimeException e) {
            throw new TamperAlarm(
                    "Expected the lock record of " + key + " with a time, but it says " + words[1] + ".", e);
        }
    }
}
