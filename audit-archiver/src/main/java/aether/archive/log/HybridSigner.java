package aether.archive.log;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Signs with Ed25519 and, where the Java platform has it, with ML-DSA-44. */
public final class HybridSigner implements Signer {

    /** Keeps the two keys apart: whoever computes the Ed25519 key from its public half still knows no seed. */
    private static final byte[] LABEL = "aether ml-dsa-44 key of a log\n".getBytes(StandardCharsets.US_ASCII);

    private final Ed25519Signer ed25519;
    private final Cosigner mlDsa44;

    private HybridSigner(Ed25519Signer ed25519, Cosigner mlDsa44) {
        this.ed25519 = ed25519;
        this.mlDsa44 = mlDsa44;
    }

    /**
     * The signer of a private key in the text form of Go's sumdb notes; the ML-DSA-44 key's seed is derived from that
     * key's (SHA-256), so that there is one secret to keep and to hand to a standby. Without ML-DSA-44 (before Java 24)
     * it is the Ed25519 signer alone.
     *
     * @throws IllegalArgumentException when it is no private key
     */
    public static Signer parse(String text) {
        Ed25519Signer ed25519 = Ed25519Signer.parse(text);
        if (!Cosigner.hasMlDsa44()) {
            return ed25519;
        }
        byte[] seed = Hash.sha256(LABEL, Ed25519Signer.seed(text)).bytes();
        return new HybridSigner(ed25519, Cosigner.mlDsa44(ed25519.verifierKey().name(), seed));
    }

    @Override
    public VerifierKey verifierKey() {
        return ed25519.verifierKey();
    }

    @Override
    public byte[] sign(byte[] message) {
        return ed25519.sign(message);
    }

    @Override
    public Optional<Cosigner> mlDsa44() {
        return Optional.of(mlDsa44);
    }

    @Override
    public String toString() {
        return "HybridSigner[" + verifierKey().name() + ", keys=[hidden]]";
    }
}
