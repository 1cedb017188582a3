package aether.standalone.platform;

import org.jspecify.annotations.Nullable;

/** The platform could not start or go on; the message is a sentence that a person can act on. */
public final class PlatformFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String stage;

    /** A failure of a stage. */
    public PlatformFailure(String stage, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.stage = stage;
    }

    /** The stage that failed. */
    public String stage() {
        return stage;
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
