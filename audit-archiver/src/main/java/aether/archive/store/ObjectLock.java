package aether.archive.store;

import java.time.Instant;

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
}
