package aether.domain.kernel;

/**
 * A text that says something about a person. It is plain from the door to the log's threshold, where it is sealed under
 * the person's key; whoever reads the log meets the sealed form, and opens it where the key is.
 */
public sealed interface Personal {

    /** As somebody wrote it; cannot be stored. */
    record Plain(String text) implements Personal {
        /** Hidden, so that it gets into no log of a process and no id. */
        @Override
        public String toString() {
            return "[hidden]";
        }
    }

    /**
     * As the log keeps it: AES-256-GCM.
     *
     * @param keyId the name of the person's key
     * @param iv the nonce, base64url
     * @param ciphertext with its tag at the end, base64url
     */
    record Sealed(String keyId, String iv, String ciphertext) implements Personal {}
}
