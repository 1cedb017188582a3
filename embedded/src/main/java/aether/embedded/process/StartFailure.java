package aether.embedded.process;

import org.jspecify.annotations.Nullable;

/** An embedded part could not start or go on, said in one sentence a user can act on. */
public final class StartFailure extends RuntimeException {

    /** What kind of obstacle it was. */
    public enum Reason {
        DIRECTORY_IN_USE,
        PORT_TAKEN,
        DISK_FULL,
        UNSUPPORTED_MACHINE,
        BROKEN
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public StartFailure(Reason reason, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    public StartFailure(Reason reason, String sentence) {
        this(reason, sentence, null);
    }

    public Reason reason() {
        return reason;
    }
}
