package aether.command.request;

import java.util.List;

/** A request ends here: what the caller is told, and with which status. */
public final class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private final String code;

    private final transient List<Detail> details;

    /** A refusal with details. */
    public RequestRefused(int status, String code, String message, List<Detail> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = List.copyOf(details);
    }

    /** A refusal that concerns no single field. */
    public RequestRefused(int status, String code, String message) {
        this(status, code, message, List.of());
    }

    /** A refusal because of one field. */
    public static RequestRefused of(int status, Detail detail) {
        return new RequestRefused(status, detail.code(), detail.message(), List.of(detail));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The stable, machine-readable reason. */
    public String code() {
        return code;
    }

    /** What is wrong, field by field. */
    public List<Detail> details() {
        return details;
    }
}
