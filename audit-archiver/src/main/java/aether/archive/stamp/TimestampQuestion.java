package aether.archive.stamp;

import aether.archive.log.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/**
 * What an authority is asked: its time for a hash, with its certificate in the answer.
 *
 * @param imprint the hash of what is to be stamped; the authority sees nothing else of it
 * @param nonce what tells this question's answer from every other
 */
record TimestampQuestion(Hash imprint, BigInteger nonce) {

    /** Nobody guesses it or meets it twice, and every authority takes an integer of this length. */
    private static final int NONCE_BITS = 64;

    static TimestampQuestion about(byte[] stamped, RandomGenerator random) {
        byte[] chance = new byte[NONCE_BITS / Byte.SIZE];
        random.nextBytes(chance);
        return new TimestampQuestion(Hash.sha256(stamped), new BigInteger(1, chance));
    }

    /** The question in DER. */
    byte[] encode() {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true); // years later nobody else has the certificate
        try {
            return generator
                    .generate(TSPAlgorithms.SHA256, imprint.bytes(), nonce)
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to encode a question in memory, but could not.", e);
        }
    }
}
