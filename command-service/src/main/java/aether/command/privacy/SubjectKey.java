package aether.command.privacy;

import aether.command.access.Principal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One data subject's secret: a data key for AES-256-GCM and a key for the pseudonym, destroyed together.
 *
 * @param subject a random id, which says nothing about who it is
 * @param number counts the keys of the subject, from 1
 * @param principal who it is
 * @param secret {@link #SECRET_BYTES} random bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a secret; never compared by equals
public record SubjectKey(UUID subject, int number, Principal principal, byte[] secret) {

    /** 256 bits for AES, 256 for HMAC-SHA-256. */
    public static final int SECRET_BYTES = 64;

    /** What a pseudonym begins with; no DNS label, and so no older plain name, has a slash. */
    public static final String PSEUDONYM_PREFIX = "p/";

    static final int DATA_KEY_BYTES = 32;

    /** 128 bits: two subjects never share a pseudonym. */
    private static final int PSEUDONYM_BYTES = 16;

    public SubjectKey {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a secret of " + SECRET_BYTES + " bytes, but got " + secret.length + ".");
        }
    }

    /** The name of the key in what is sealed with it. */
    public String keyId() {
        return keyId(subject, number);
    }

    /** The name of a subject's key. */
    public static String keyId(UUID subject, int number) {
        return "s/" + subject + "/" + number;
    }

    /**
     * The subject whose key it is.
     *
     * @throws IllegalArgumentException when it is no id of a key
     */
    public static UUID subjectOf(String keyId) {
        String[] parts = keyId.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Expected a key id s/UUID/NUMBER, but got '" + keyId + "'.");
        }
        return UUID.fromString(parts[1]);
    }

    /**
     * What stands for the subject in the log: an HMAC of its name under its own key. Without the key nobody can tell
     * whether a guessed name belongs to it, not even by trying all names.
     */
    public String pseudonym() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, DATA_KEY_BYTES, SECRET_BYTES - DATA_KEY_BYTES, "HmacSHA256"));
            byte[] hash = mac.doFinal(PrincipalText.of(principal).getBytes(StandardCharsets.UTF_8));
            return PSEUDONYM_PREFIX
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, PSEUDONYM_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected HMAC-SHA-256 in every Java, but it is not in this one", e);
        }
    }

    byte[] dataKey() {
        return Arrays.copyOf(secret, DATA_KEY_BYTES);
    }

    @Override
    public String toString() {
        return "SubjectKey[" + keyId() + ", [hidden]]";
    }
}
