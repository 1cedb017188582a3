package aether.archive.store;

/** What was written once is no longer what was written: nothing may be archived before a person has looked. */
public final class TamperAlarm extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An alarm that says what was expected and what was found. */
    public TamperAlarm(String message) {
        super(message);
    }

    /** An alarm over something that could not even be read. */
    TamperAlarm(String message, Throwable cause) {
        super(message, cause);
    }
}
