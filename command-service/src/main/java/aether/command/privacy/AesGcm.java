package aether.command.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256 in Galois/Counter Mode (NIST SP 800-38D), as the JDK has it. Pure: the nonce comes in. */
final class AesGcm {

    /** SP 800-38D §8.2.2: random nonces have 96 bits, and a key sees at most 2^32 of them. */
    static final int IV_BYTES = 12;

    private static final int TAG_BITS = 128;

    private AesGcm() {}

    static byte[] seal(byte[] key, byte[] iv, String bound, byte[] plain) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, iv, bound).doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected AES-256-GCM in every Java, but it failed", e);
        }
    }

    /** The plain bytes; empty when key, nonce, ciphertext or what it is bound to is not what was sealed. */
    static Optional<byte[]> open(byte[] key, byte[] iv, String bound, byte[] sealed) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, iv, bound).doFinal(sealed));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected AES-256-GCM in every Java, but it failed", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] iv, String bound) throws GeneralSecurityException {
        if (iv.length != IV_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a nonce of " + IV_BYTES + " bytes, but got " + iv.length + ".");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
