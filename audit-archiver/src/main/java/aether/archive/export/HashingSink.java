package aether.archive.export;

import aether.archive.log.Hash;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Keeps nothing of what is written to it but hash and length; closing changes nothing. */
final class HashingSink extends OutputStream {

    private final MessageDigest digest;
    private long bytes;

    HashingSink() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256, which every Java platform has, but it is missing.", e);
        }
    }

    @Override
    public void write(int one) {
        digest.update((byte) one);
        bytes++;
    }

    @Override
    public void write(byte[] some, int from, int count) {
        digest.update(some, from, count);
        bytes += count;
    }

    /** What was written so far; asked once. */
    Manifest.Content content() {
        return new Manifest.Content(Hash.of(digest.digest()), bytes);
    }
}
