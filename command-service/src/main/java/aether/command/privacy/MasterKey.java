package aether.command.privacy;

/** The key that wraps the subjects' keys; a file by default, a KMS where there is one. It is never in the database. */
public interface MasterKey {

    /** Which generation wraps now; an older one may still unwrap until nothing is left under it. */
    int generation();

    /**
     * Wraps a secret under the current generation.
     *
     * @param keyId binds the wrapped secret to its row
     * @param iv 12 random bytes
     */
    byte[] wrap(String keyId, byte[] iv, byte[] secret);

    /**
     * The secret that was wrapped.
     *
     * @throws IllegalStateException when the generation is gone or the wrapped secret is not one of this key id
     */
    byte[] unwrap(int generation, String keyId, byte[] wrapped);

    /**
     * A keyed hash under the current generation, by which the row of a name is found without the name in it.
     *
     * @return 32 bytes
     */
    byte[] index(String text);
}
