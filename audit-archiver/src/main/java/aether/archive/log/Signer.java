package aether.archive.log;

/** Whoever holds the log's private key: a file, a KMS, a PKCS#11 device. */
public interface Signer {

    /** The key that others check signatures with; its name is the log's origin. */
    VerifierKey verifierKey();

    /** The Ed25519 signature over the message; the same message always gives the same signature. */
    byte[] sign(byte[] message);
}
