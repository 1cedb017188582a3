package aether.command.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A generation of a master key whose 32 bytes are known to this process. */
@SuppressWarnings("ArrayRecordComponent") // a secret; never compared by equals
record AesGeneration(int number, byte[] key) implements MasterKey.Generation {

    static final int KEY_BYTES = 32;

    /** Wrapping and indexing never use the same key. */
    private static final String INDEX = "aether subject index v1";

    @Override
    public byte[] wrap(String keyId, byte[] iv, byte[] secret) {
        byte[] sealed = AesGcm.seal(key, iv, keyId, secret);
        byte[] wrapped = Arrays.copyOf(iv, iv.length + sealed.length);
        System.arraycopy(sealed, 0, wrapped, iv.length, sealed.length);
        return wrapped;
    }

    @Override
    public byte[] unwrap(String keyId, byte[] wrapped) {
        return AesGcm.open(
                        key,
                        Arrays.copyOf(wrapped, AesGcm.IV_BYTES),
                        keyId,
                        Arrays.copyOfRange(wrapped, AesGcm.IV_BYTES, wrapped.length))
                .orElseThrow(() -> new IllegalStateException("Expected the wrapped key " + keyId
                        + " to open under generation " + number + " of the master key, but it does not."));
    }

    @Override
    public byte[] index(String text) {
        return hmac(hmac(key, INDEX), text);
    }

    String hex() {
        return HexFormat.of().formatHex(key);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected HMAC-SHA-256 in every Java, but it is not in this one", e);
        }
    }

    @Override
    public String toString() {
        return "AesGeneration[" + number + ", [hidden]]";
    }
}
