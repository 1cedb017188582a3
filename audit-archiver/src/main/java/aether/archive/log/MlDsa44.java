package aether.archive.log;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** ML-DSA-44 (FIPS 204) of the JDK, found by its name: Java 24 and newer have it, we are compiled for 21. */
final class MlDsa44 {

    static final int KEY_BYTES = 1312;
    private static final String NAME = "ML-DSA-44";
    private static final byte[] SPKI_PREFIX =
            HexFormat.of().parseHex("30820532300b06096086480165030403110382052100"); // RFC 9881

    private MlDsa44() {}

    static boolean isAvailable() {
        try {
            Signature.getInstance(NAME);
            return true;
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }

    static KeyPair fromSeed(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
            generator.initialize(new NamedParameterSpec(NAME), new GivenBytes(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected ML-DSA-44 in this Java platform, but it failed.", e);
        }
    }

    static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    /** The deterministic variant (FIPS 204, 3.4), so that the same message always gives the same signature. */
    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(key, new GivenBytes(new byte[Ed25519.KEY_BYTES]));
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected to sign with ML-DSA-44, but it failed.", e);
        }
    }

    static boolean verify(byte[] rawKey, byte[] message, byte[] signed) {
        try {
            byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + KEY_BYTES);
            System.arraycopy(rawKey, 0, spki, SPKI_PREFIX.length, KEY_BYTES);
            Signature signature = Signature.getInstance(NAME);
            signature.initVerify(KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(spki)));
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a malformed key or signature proves nothing, nor does a platform without ML-DSA
        }
    }
}
