package aether.domain.kernel;

/** What the sender of a command learns. */
public sealed interface Outcome {

    /**
     * The command was accepted.
     *
     * @param changed whether any event followed from it
     */
    record Accepted(boolean changed) implements Outcome {}

    /**
     * The command was refused; see {@link Rejection} for the meaning of the parts.
     *
     * @param field empty when no single field would help
     */
    record Refused(String code, String message, String field) implements Outcome {
        /** The refusal that carries this rejection. */
        public static Refused of(Rejection rejection) {
            return new Refused(rejection.code(), rejection.message(), rejection.field());
        }
    }
}
