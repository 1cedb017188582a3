package aether.archive.log;

import java.security.SecureRandom;

/** Hands bytes to the JDK's generators, which offer no other way from a seed to a public key. */
final class GivenBytes extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] given;

    GivenBytes(byte[] given) {
        this.given = given.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        System.arraycopy(given, 0, bytes, 0, bytes.length);
    }
}
