package aether.command.privacy;

import aether.domain.kernel.Personal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A personal field as the log keeps it.
 *
 * @param keyId the subject's key
 * @param iv the nonce, base64url
 * @param ciphertext with its tag at the end, base64url
 */
public record SealedField(String keyId, String iv, String ciphertext) {

    private static final Pattern TEXT =
            Pattern.compile("\\{\"\\$enc\":\"A256GCM\",\"ct\":\"([A-Za-z0-9_-]+)\",\"iv\":\"([A-Za-z0-9_-]{16})\","
                    + "\"kid\":\"(s/[0-9a-f-]{36}/[0-9]+)\"}");

    /**
     * Seals a value for one place in one event; opened anywhere else it is not valid.
     *
     * @param iv 12 random bytes, never used before with this key
     * @param eventId the event it stands in
     * @param pointer where in the event's CloudEvent it stands (RFC 6901)
     */
    public static SealedField seal(SubjectKey key, byte[] iv, UUID eventId, String pointer, String plain) {
        byte[] sealed = AesGcm.seal(
                key.dataKey(), iv, bound(eventId, pointer, key.keyId()), plain.getBytes(StandardCharsets.UTF_8));
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return new SealedField(key.keyId(), base64.encodeToString(iv), base64.encodeToString(sealed));
    }

    /** The value; empty when the key is another or the field was moved or changed. */
    public Optional<String> open(SubjectKey key, UUID eventId, String pointer) {
        if (!key.keyId().equals(keyId)) {
            return Optional.empty();
        }
        return AesGcm.open(
                        key.dataKey(),
                        Base64.getUrlDecoder().decode(iv),
                        bound(eventId, pointer, keyId),
                        Base64.getUrlDecoder().decode(ciphertext))
                .map(plain -> new String(plain, StandardCharsets.UTF_8));
    }

    /** As the domain and the codec know it. */
    public Personal.Sealed personal() {
        return new Personal.Sealed(keyId, iv, ciphertext);
    }

    /** The field that the domain and the codec know so. */
    public static SealedField of(Personal.Sealed personal) {
        return new SealedField(personal.keyId(), personal.iv(), personal.ciphertext());
    }

    /** The one text of the field: RFC 8785 JSON; inside JSON an object, in a CloudEvents attribute a string. */
    public String text() {
        return "{\"$enc\":\"A256GCM\",\"ct\":\"" + ciphertext + "\",\"iv\":\"" + iv + "\",\"kid\":\"" + keyId + "\"}";
    }

    /** The field whose text it is; empty when it is something else, such as a plain value of an older event. */
    public static Optional<SealedField> read(String text) {
        Matcher form = TEXT.matcher(text);
        return form.matches()
                ? Optional.of(new SealedField(form.group(3), form.group(2), form.group(1)))
                : Optional.empty();
    }

    /** Event id ‖ pointer ‖ key id, a line for each so that no two triples give one text. */
    private static String bound(UUID eventId, String pointer, String keyId) {
        return eventId + "\n" + pointer + "\n" + keyId;
    }
}
