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

    /** Enough hexadecimal digits that no accident makes two records agree; it stops no attacker, who can hash too. */
    private static final int CHECK_DIGITS = 16;

    /** The lock that an object with these bytes gets. */
    static ObjectLock on(byte[] bytes, Instant until) {
        return new ObjectLock(COMPLIANCE, until, ArchiveDirectory.sha256(bytes));
    }

    /**
     * The lock as it is written down, with a word over all of it and the object's name, so that a record in which a
     * byte was changed, or that was put to another object, is none.
     *
     * @param name the object's name within its directory
     */
    List<String> words(String name) {
        return List.of(mode, until.toString(), sha256, check(name));
    }

    byte[] record(String name) {
        return (String.join("\n", words(name)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private String check(String name) {
        String all = String.join("\n", List.of(name, mode, until.toString(), sha256));
        return ArchiveDirectory.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(0, CHECK_DIGITS);
    }

    static ObjectLock parse(String record, String name, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.endsWith("\n")) {
            throw new TamperAlarm("Expected the lock record of " + record + " to end with its line, but it does not.");
        }
        return parse(record, name, text.substring(0, text.length() - 1).split("\n", -1));
    }

    static ObjectLock parse(String record, String name, String[] words) {
        if (words.length != WORDS + 1) {
            throw new TamperAlarm("Expected the lock record of " + record
                    + " with mode, time, hash and a check over them, but it has " + words.length + " parts.");
        }
        try {
            ObjectLock lock = new ObjectLock(words[0], Instant.parse(words[1]), words[2]);
            if (!List.of(words).equals(lock.words(name))) {
                throw new TamperAlarm("Expected the lock record of " + record
                        + " as it was written, but a part of it was changed, or it is another object's.");
            }
            return lock;
        } catch (DateTimeException e) {
            throw new TamperAlarm(
                    "Expected the lock record of " + record + " with a time, but it says " + words[1] + ".", e);
        }
    }
}
