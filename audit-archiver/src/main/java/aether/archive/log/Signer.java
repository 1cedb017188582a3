package aether.archive.log;

import java.util.Optional;

/** Whoever holds the log's private key: a file, a KMS, a PKCS#11 device. */
public interface Signer {

    /** The key that others check signatures with; its name is the log's origin. */
    VerifierKey verifierKey();

    /** The Ed25519 signature over the message; the same message always gives the same signature. */
    byte[] sign(byte[] message);

    /**
     * The log's ML-DSA-44 key, whose signature stands beside the other one under checkpoints, so that they still say
     * who made them when Ed25519 is broken (C2SP tlog-checkpoint); none where platform or device has no such key.
     */
    default Optional<Cosigner> mlDsa44() {
        return Optional.empty();
    }
}
