package aether.archive.cosign;

import aether.archive.log.CosignerKey;
import java.net.URI;

/**
 * A witness that is asked.
 *
 * @param name what it is called in the settings
 * @param key what its signatures are checked with
 * @param submission the prefix of its address
 */
public record WitnessAddress(String name, CosignerKey key, URI submission) {

    /** Refuses an address at which nobody can be asked. */
    public WitnessAddress {
        if (submission.getHost() == null
                || !("http".equals(submission.getScheme()) || "https".equals(submission.getScheme()))) {
            throw new IllegalArgumentException("Expected the witness " + name
                    + " at http://HOST/PATH or https://HOST/PATH, but got '" + submission + "'.");
        }
    }
}
