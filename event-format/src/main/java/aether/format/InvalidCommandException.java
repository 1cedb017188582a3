package aether.format;

/** A command could not be read; names the field that is wrong and never repeats what was sent. */
public final class InvalidCommandException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidCommandException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The path of the field in snake case, for example {@code shape.vcpus}; empty when no single one is to blame. */
    public String field() {
        return field;
    }
}
