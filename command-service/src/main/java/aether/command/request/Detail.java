package aether.command.request;

/**
 * One thing that is wrong with a request.
 *
 * @param field the path of the field, for example {@code documents[1].spec.node_count}
 * @param code the machine-readable reason
 * @param message a sentence of the form "Expected …, but …"
 */
public record Detail(String field, String code, String message) {}
