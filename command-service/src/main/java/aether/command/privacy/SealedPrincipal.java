package aether.command.privacy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Who a subject is, under the subject's own key: nonce and ciphertext, bound to the key's id. */
final class SealedPrincipal {

    private static final String PURPOSE = "\nprincipal";

    private SealedPrincipal() {}

    static byte[] seal(SubjectKey key, byte[] iv) {
        byte[] plain = PrincipalText.of(key.principal()).getBytes(StandardCharsets.UTF_8);
        byte[] sealed = AesGcm.seal(key.dataKey(), iv, key.keyId() + PURPOSE, plain);
        byte[] whole = Arrays.copyOf(iv, iv.length + sealed.length);
        System.arraycopy(sealed, 0, whole, iv.length, sealed.length);
        return whole;
    }

    static SubjectKey open(KeyTable.Row row, byte[] secret) {
        String keyId = SubjectKey.keyId(row.subject(), row.number());
        byte[] plain = AesGcm.open(
                        Arrays.copyOf(secret, SubjectKey.DATA_KEY_BYTES),
                        Arrays.copyOf(row.principal(), AesGcm.IV_BYTES),
                        keyId + PURPOSE,
                        Arrays.copyOfRange(row.principal(), AesGcm.IV_BYTES, row.principal().length))
                .orElseThrow(() -> new IllegalStateException(
                        "Expected the principal of " + keyId + " to open under its own key, but it does not."));
        return new SubjectKey(
                row.subject(), row.number(), PrincipalText.read(new String(plain, StandardCharsets.UTF_8)), secret);
    }
}
